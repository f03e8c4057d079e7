//! Images in AVIF: AV1 key frames in the container of ISO/IEC 23008-12 (AV1 Image File Format 1.1).

use std::io::Cursor;

use avif_parse::AvifData;
use image::{DynamicImage, Rgba, RgbaImage};
use re_rav1d::dav1d::pixel::{MatrixCoefficients, YUVRange};
use re_rav1d::dav1d::{
    Decoder, Error, Picture, PixelLayout, PlanarImageComponent as Component, Settings,
};

use crate::picture::{MOST_PIXELS, Unfit};

/// Whether it says that it is AVIF: as its major brand, or among those that it is compatible with.
pub fn is_avif(bytes: &[u8]) -> bool {
    let Some((b"ftyp", body)) = boxes(bytes).next() else {
        return false;
    };
    let brands = body
        .get(..4)
        .into_iter()
        .chain(body.get(8..).unwrap_or_default().chunks_exact(4));
    brands.into_iter().any(|brand| brand == b"avif")
}

/// Decodes it and turns it as it is to be shown, after looking at how large it says it is.
///
/// # Errors
/// Why it cannot be used.
pub fn decode(bytes: &[u8]) -> Result<DynamicImage, Unfit> {
    let parsed = AvifData::from_reader(&mut Cursor::new(bytes)).map_err(|error| match error {
        avif_parse::Error::Unsupported(_) => Unfit::OtherImage,
        _ => Unfit::Damaged,
    })?;
    let says = parsed.primary_item_metadata().map_err(|_| Unfit::Damaged)?;
    let pixels = u64::from(says.max_frame_width.get()) * u64::from(says.max_frame_height.get());
    if pixels > MOST_PIXELS {
        return Err(Unfit::TooManyPixels);
    }
    let colours = decoded(parsed.primary_item.to_vec())?;
    let mut image = in_colour(&colours)?;
    if let Some(alpha) = parsed.alpha_item {
        let alpha = decoded(alpha.to_vec())?;
        if (alpha.width(), alpha.height()) != image.dimensions() {
            return Err(Unfit::Damaged);
        }
        make_transparent(&mut image, &alpha, parsed.premultiplied_alpha);
    }
    Ok(turned(DynamicImage::ImageRgba8(image), bytes))
}

fn decoded(data: Vec<u8>) -> Result<Picture, Unfit> {
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(MOST_PIXELS).unwrap_or(u32::MAX));
    let unfit = |error| match error {
        Error::NotEnoughMemory => Unfit::TooManyPixels,
        Error::UnsupportedBitstream => Unfit::OtherImage,
        _ => Unfit::Damaged,
    };
    let mut decoder = Decoder::with_settings(&settings).map_err(unfit)?;
    match decoder.send_data(data, None, None, None) {
        Ok(()) | Err(Error::Again) => {}
        Err(error) => return Err(unfit(error)),
    }
    loop {
        match decoder.get_picture() {
            Ok(picture) => return Ok(picture),
            // A frame that is not shown comes before the one that is.
            Err(Error::Again) => match decoder.send_pending_data() {
                Ok(()) => return decoder.get_picture().map_err(unfit),
                Err(Error::Again) => {}
                Err(error) => return Err(unfit(error)),
            },
            Err(error) => return Err(unfit(error)),
        }
    }
}

/// One plane of a picture: samples of eight bits, or of more in two bytes.
struct Plane {
    samples: re_rav1d::dav1d::Plane,
    stride: usize,
    wide: bool,
}

impl Plane {
    fn of(picture: &Picture, component: Component) -> Self {
        Self {
            samples: picture.plane(component),
            stride: picture.stride(component) as usize,
            wide: picture.bit_depth() > 8,
        }
    }

    fn at(&self, x: u32, y: u32) -> f32 {
        let (x, row) = (x as usize, y as usize * self.stride);
        if self.wide {
            let at = row + 2 * x;
            f32::from(u16::from_ne_bytes([self.samples[at], self.samples[at + 1]]))
        } else {
            f32::from(self.samples[row + x])
        }
    }
}

/// How samples become light, between 0 and 1 (ITU-T H.273, 8.3).
struct Range {
    /// The sample of black, and how many there are from there to white.
    luma: (f32, f32),
    /// The sample of no colour, and how many there are from there to the most, twice.
    chroma: (f32, f32),
}

impl Range {
    fn of(picture: &Picture) -> Self {
        let depth = picture.bit_depth();
        // At most twelve bits: the numbers are exact.
        let step = f32::from(1_u16 << (depth - 8));
        let most = f32::from(u16::MAX >> (16 - depth));
        let middle = 128.0 * step;
        match picture.color_range() {
            YUVRange::Limited => Self {
                luma: (16.0 * step, 219.0 * step),
                chroma: (middle, 224.0 * step),
            },
            _ => Self {
                luma: (0.0, most),
                chroma: (middle, most),
            },
        }
    }
}

/// How much of the light is red and blue (ITU-T H.273, table 4); nothing where the planes are green, blue and red.
fn weights(coefficients: MatrixCoefficients) -> Result<Option<(f32, f32)>, Unfit> {
    Ok(match coefficients {
        MatrixCoefficients::Identity => None,
        MatrixCoefficients::BT709 => Some((0.2126, 0.0722)),
        MatrixCoefficients::BT2020NonConstantLuminance => Some((0.2627, 0.0593)),
        MatrixCoefficients::BT470BG
        | MatrixCoefficients::ST170M
        | MatrixCoefficients::Unspecified => Some((0.299, 0.114)),
        _ => return Err(Unfit::OtherImage),
    })
}

fn in_colour(picture: &Picture) -> Result<RgbaImage, Unfit> {
    let range = Range::of(picture);
    let weights = weights(picture.matrix_coefficients())?;
    let luma = Plane::of(picture, Component::Y);
    let light = |sample: f32| (sample - range.luma.0) / range.luma.1;
    let layout = picture.pixel_layout();
    let (across, down) = match layout {
        PixelLayout::I420 => (1, 1),
        PixelLayout::I422 => (1, 0),
        PixelLayout::I444 | PixelLayout::I400 => (0, 0),
    };
    if layout == PixelLayout::I400 {
        return Ok(RgbaImage::from_fn(
            picture.width(),
            picture.height(),
            |x, y| {
                let grey = byte(light(luma.at(x, y)));
                Rgba([grey, grey, grey, u8::MAX])
            },
        ));
    }
    let (blue, red) = (
        Plane::of(picture, Component::U),
        Plane::of(picture, Component::V),
    );
    let colour = |sample: f32| (sample - range.chroma.0) / range.chroma.1;
    Ok(RgbaImage::from_fn(
        picture.width(),
        picture.height(),
        |x, y| {
            let y_light = light(luma.at(x, y));
            let (chroma_x, chroma_y) = (x >> across, y >> down);
            let (u, v) = (blue.at(chroma_x, chroma_y), red.at(chroma_x, chroma_y));
            let Some((of_red, of_blue)) = weights else {
                return Rgba([byte(light(v)), byte(y_light), byte(light(u)), u8::MAX]);
            };
            let (u, v) = (colour(u), colour(v));
            let of_green = 1.0 - of_red - of_blue;
            let red = y_light + 2.0 * (1.0 - of_red) * v;
            let blue = y_light + 2.0 * (1.0 - of_blue) * u;
            let green = (y_light - of_red * red - of_blue * blue) / of_green;
            Rgba([byte(red), byte(green), byte(blue), u8::MAX])
        },
    ))
}

/// A colour between 0 and 1 as a byte.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is held between 0 and 255"
)]
fn byte(colour: f32) -> u8 {
    (colour.clamp(0.0, 1.0) * 255.0).round() as u8
}

fn make_transparent(image: &mut RgbaImage, alpha: &Picture, premultiplied: bool) {
    let range = Range::of(alpha);
    let plane = Plane::of(alpha, Component::Y);
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let shown = (plane.at(x, y) - range.luma.0) / range.luma.1;
        if premultiplied && shown > 0.0 {
            for colour in &mut pixel.0[..3] {
                *colour = byte(f32::from(*colour) / 255.0 / shown);
            }
        }
        pixel.0[3] = byte(shown);
    }
}

/// Turns and mirrors it as its properties say: first the one, then the other (ISO/IEC 23000-22, 7.3.6.7).
fn turned(image: DynamicImage, bytes: &[u8]) -> DynamicImage {
    let within = |bytes, kind: &[u8; 4]| boxes(bytes).find(|(found, _)| *found == kind);
    let properties = within(bytes, b"meta")
        // A version and flags come before the boxes within.
        .and_then(|(_, meta)| within(meta.get(4..)?, b"iprp"))
        .and_then(|(_, properties)| within(properties, b"ipco"))
        .map_or(&[][..], |(_, properties)| properties);
    let value = |kind| within(properties, kind).and_then(|(_, body)| body.first().copied());
    let image = match value(b"irot").map(|angle| angle & 3) {
        Some(1) => image.rotate270(),
        Some(2) => image.rotate180(),
        Some(3) => image.rotate90(),
        _ => image,
    };
    match value(b"imir").map(|axis| axis & 1) {
        Some(0) => image.flipv(),
        Some(_) => image.fliph(),
        None => image,
    }
}

/// The boxes that follow each other, each with its kind and what is in it (ISO/IEC 14496-12, 4.2).
fn boxes(mut bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let size = u32::from_be_bytes(*bytes.first_chunk()?);
        let kind = bytes.get(4..8)?.first_chunk()?;
        let (header, size) = match size {
            0 => (8, bytes.len()),
            1 => {
                let size = u64::from_be_bytes(*bytes.get(8..16)?.first_chunk()?);
                (16, usize::try_from(size).ok()?)
            }
            size => (8, usize::try_from(size).ok()?),
        };
        let body = bytes.get(header..size)?;
        bytes = &bytes[size..];
        Some((kind, body))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made with libavif (avifenc) and Pillow.
    /// Twenty by ten pixels, red on their left half and blue on their right.
    const HALVES: &[u8] = include_bytes!("../tests/images/halves.avif");
    /// The same in ten bits, without colours left out.
    const DEEP: &[u8] = include_bytes!("../tests/images/halves-10-bit.avif");
    /// The same, of which the right half is half transparent.
    const TRANSPARENT: &[u8] = include_bytes!("../tests/images/halves-transparent.avif");

    /// The same, to be turned a quarter against the clock.
    const TURNED: &[u8] = include_bytes!("../tests/images/halves-turned.avif");

    fn is_like(pixel: Rgba<u8>, wanted: [u8; 4]) -> bool {
        pixel
            .0
            .iter()
            .zip(wanted)
            .all(|(one, other)| one.abs_diff(other) < 12)
    }

    #[test]
    fn colours_are_what_they_were() {
        for (bytes, right) in [(HALVES, 255), (DEEP, 255), (TRANSPARENT, 128)] {
            assert!(is_avif(bytes));
            let image = decode(bytes).unwrap().into_rgba8();
            assert_eq!(image.dimensions(), (20, 10));
            let (red, blue) = (*image.get_pixel(3, 5), *image.get_pixel(16, 5));
            assert!(is_like(red, [220, 20, 20, 255]), "{red:?}");
            assert!(is_like(blue, [20, 20, 220, right]), "{blue:?}");
        }
    }

    #[test]
    fn it_is_turned_as_it_says() {
        let image = decode(TURNED).unwrap().into_rgba8();
        assert_eq!(image.dimensions(), (10, 20));
        // Against the clock: what was on the right is at the top.
        assert!(is_like(*image.get_pixel(5, 3), [20, 20, 220, 255]));
        assert!(is_like(*image.get_pixel(5, 16), [220, 20, 20, 255]));
    }

    #[test]
    fn what_is_cut_or_changed_is_refused_and_never_panics() {
        for length in 0..HALVES.len() {
            if decode(&HALVES[..length]).is_ok() {
                assert!(length + 8 > HALVES.len(), "{length}");
            }
        }
        let mut state = 7_u32;
        for _ in 0..300 {
            let mut changed = HALVES.to_vec();
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = state as usize % changed.len();
            changed[at] ^= 1 << (state >> 29);
            drop(decode(&changed));
        }
        assert!(!is_avif(b"") && !is_avif(b"\0\0\0\x0cftypheic"));
    }
}
