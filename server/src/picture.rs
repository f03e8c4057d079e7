//! Uploads: what an image or a file really is, and what is kept of it.
//!
//! Nothing that was sent as an image is ever sent on. It is decoded and written anew, so that neither where it was taken
//! nor who took it, nor anything hidden in it, comes along. A file is kept as it is, and so has to be what it says.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use store::{AttachmentKind, NewAttachment, Version, content_id};
use tokio::sync::Semaphore;

use crate::avif;

/// The most bytes of an image that is sent.
pub const LARGEST_IMAGE: usize = 15 * 1_000_000;
/// The most bytes of a file that is sent.
pub const LARGEST_FILE: usize = 20 * 1_000_000;
/// The most pixels of an image that is sent.
pub const MOST_PIXELS: u64 = 50_000_000;
/// The widths in which an image is kept, in pixels, as far as it is that wide.
pub const WIDTHS: [u32; 3] = [400, 800, 1_600];

/// The height beyond which an image is made narrower, in pixels: a strip of a banner is not an image.
const TALLEST: u32 = 2_400;
/// Memory for decoding: 50 megapixels of four bytes, and room beside them.
const MEMORY: u64 = 256 << 20;
/// JPEG quality, of 100: where the eye sees no difference in photographs.
const QUALITY: u8 = 82;
/// How long an upload waits for those before it, and then may take itself.
const PATIENCE: Duration = Duration::from_secs(25);
/// The longest comment that may stand after the end of a ZIP archive (APPNOTE 4.3.16), and the end itself.
const ZIP_END: usize = 65_535 + 22;

/// Why an upload cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There are no bytes.
    Empty,
    /// It has more bytes than are taken.
    TooManyBytes,
    /// It has more pixels than are taken, or would need more memory.
    TooManyPixels,
    /// It is not an image in one of the formats that are taken.
    NotAnImage,
    /// It is an image as phones keep them (HEIC), or in AVIF of a kind that is not decoded.
    OtherImage,
    /// It is not a PDF.
    NotAFile,
    /// It begins as it should and cannot be read to its end.
    Damaged,
    /// It is two things at once: a file that is also an archive.
    TwoThings,
    /// It took too long.
    TooSlow,
}

/// Takes uploads, one image at a time: decoding takes much memory.
#[derive(Debug)]
pub struct Workshop {
    turn: Arc<Semaphore>,
}

impl Default for Workshop {
    fn default() -> Self {
        Self {
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Workshop {
    /// What is kept of an upload. An image's work goes on by itself where it is given up, and keeps the next waiting.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub async fn take(&self, kind: AttachmentKind, bytes: Vec<u8>) -> Result<NewAttachment, Unfit> {
        let most = match kind {
            AttachmentKind::Image => LARGEST_IMAGE,
            AttachmentKind::File => LARGEST_FILE,
        };
        if bytes.is_empty() {
            return Err(Unfit::Empty);
        }
        if bytes.len() > most {
            return Err(Unfit::TooManyBytes);
        }
        let work = async {
            let turn = Arc::clone(&self.turn).acquire_owned().await;
            tokio::task::spawn_blocking(move || {
                let taken = match kind {
                    AttachmentKind::Image => image(&bytes),
                    AttachmentKind::File => file(bytes),
                };
                drop(turn);
                taken
            })
            .await
        };
        match tokio::time::timeout(PATIENCE, work).await {
            Ok(Ok(taken)) => taken,
            Ok(Err(panic)) => {
                tracing::error!(error = %panic, "an image could not be decoded");
                Err(Unfit::Damaged)
            }
            Err(_) => Err(Unfit::TooSlow),
        }
    }
}

fn image(bytes: &[u8]) -> Result<NewAttachment, Unfit> {
    let decoded = decoded(bytes)?;
    let (width, height) = (decoded.width(), decoded.height());
    let fits = |most_wide: u32| {
        let wide = width.min(most_wide);
        let tall = proportional(wide, width, height);
        if tall > TALLEST {
            (proportional(TALLEST, height, width), TALLEST)
        } else {
            (wide, tall)
        }
    };
    let largest = fits(WIDTHS[WIDTHS.len() - 1]);
    let mut sizes: Vec<(u32, u32)> = WIDTHS
        .iter()
        .filter(|wide| **wide < largest.0)
        .map(|wide| (*wide, proportional(*wide, width, height)))
        .collect();
    sizes.push(largest);
    let transparent = is_transparent(&decoded);
    let mut from = if transparent {
        DynamicImage::ImageRgba8(decoded.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(decoded.into_rgb8())
    };
    let mut versions = Vec::with_capacity(sizes.len());
    // Each is made from the one above it: that is far less work, and looks the same.
    for (wide, tall) in sizes.into_iter().rev() {
        if (from.width(), from.height()) != (wide, tall) {
            from = smaller(&from, wide, tall);
        }
        versions.push(Version {
            width: wide,
            bytes: encoded(&from, transparent)?,
        });
    }
    versions.reverse();
    Ok(NewAttachment {
        id: content_id(bytes),
        kind: AttachmentKind::Image,
        media_type: if transparent {
            "image/webp"
        } else {
            "image/jpeg"
        },
        dimensions: largest,
        versions,
    })
}

/// Decodes an image and turns it as it was held, after looking at how large it says it is.
fn decoded(bytes: &[u8]) -> Result<DynamicImage, Unfit> {
    if avif::is_avif(bytes) {
        return avif::decode(bytes);
    }
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => format,
        _ if is_heif(bytes) => return Err(Unfit::OtherImage),
        _ => return Err(Unfit::NotAnImage),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|error| unfit(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MEMORY {
        return Err(Unfit::TooManyPixels);
    }
    if width == 0 || height == 0 {
        return Err(Unfit::Damaged);
    }
    let orientation = decoder.orientation().map_err(|error| unfit(&error))?;
    let mut decoded = DynamicImage::from_decoder(decoder).map_err(|error| unfit(&error))?;
    decoded.apply_orientation(orientation);
    Ok(decoded)
}

fn unfit(error: &image::ImageError) -> Unfit {
    match error {
        image::ImageError::Limits(_) => Unfit::TooManyPixels,
        _ => Unfit::Damaged,
    }
}

/// Whether it is one of the formats of HEIC and its kin (ISO/IEC 14496-12, 4.3).
fn is_heif(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && bytes.get(8..12).is_some_and(|brand| {
            matches!(
                brand,
                b"heic"
                    | b"heix"
                    | b"heim"
                    | b"heis"
                    | b"hevc"
                    | b"mif1"
                    | b"msf1"
                    | b"avif"
                    | b"avis"
            )
        })
}

/// A side that goes with another as two sides of the original do; never none.
fn proportional(side: u32, of: u32, other: u32) -> u32 {
    let exact = u64::from(side) * u64::from(other) + u64::from(of) / 2;
    u32::try_from(exact / u64::from(of))
        .unwrap_or(u32::MAX)
        .max(1)
}

fn is_transparent(decoded: &DynamicImage) -> bool {
    if !decoded.color().has_alpha() {
        return false;
    }
    match decoded {
        DynamicImage::ImageLumaA8(pixels) => pixels.pixels().any(|pixel| pixel.0[1] < u8::MAX),
        DynamicImage::ImageRgba8(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX),
        DynamicImage::ImageLumaA16(pixels) => pixels.pixels().any(|pixel| pixel.0[1] < u16::MAX),
        DynamicImage::ImageRgba16(pixels) => pixels.pixels().any(|pixel| pixel.0[3] < u16::MAX),
        _ => true,
    }
}

/// A large image is first brought near its size by averaging, which costs a tenth of the filter that ends it.
fn smaller(from: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    if from.width() > 3 * width {
        let near = from.thumbnail_exact(2 * width, 2 * height);
        return near.resize_exact(width, height, FilterType::CatmullRom);
    }
    from.resize_exact(width, height, FilterType::CatmullRom)
}

fn encoded(image: &DynamicImage, transparent: bool) -> Result<Vec<u8>, Unfit> {
    let mut bytes = Vec::new();
    let written = if transparent {
        image.write_with_encoder(WebPEncoder::new_lossless(&mut bytes))
    } else {
        image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
    };
    written.map_err(|error| unfit(&error))?;
    Ok(bytes)
}

fn file(bytes: Vec<u8>) -> Result<NewAttachment, Unfit> {
    // ISO 32000-2, 7.5.2 and 7.5.5: the header at the very beginning, and nothing but white space after the end.
    if !bytes.starts_with(b"%PDF-") {
        return Err(Unfit::NotAFile);
    }
    if is_also_an_archive(&bytes) {
        return Err(Unfit::TwoThings);
    }
    if !bytes.trim_ascii_end().ends_with(b"%%EOF") {
        return Err(Unfit::Damaged);
    }
    Ok(NewAttachment {
        id: content_id(&bytes),
        kind: AttachmentKind::File,
        media_type: "application/pdf",
        dimensions: (0, 0),
        versions: vec![Version { width: 0, bytes }],
    })
}

/// Whether programs that look for an archive's end from behind find one that reaches to the end of the bytes.
fn is_also_an_archive(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(ZIP_END)..];
    tail.windows(22).enumerate().any(|(at, end)| {
        let comment = usize::from(u16::from_le_bytes([end[20], end[21]]));
        end.starts_with(b"PK\x05\x06") && at + 22 + comment == tail.len()
    })
}

#[cfg(test)]
mod tests {
    use image::{ExtendedColorType, GenericImageView as _, ImageEncoder as _, Rgb, RgbImage};

    use super::*;

    /// A picture that is red on its left half and blue on its right.
    fn halves(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 {
                Rgb([220, 20, 20])
            } else {
                Rgb([20, 20, 220])
            }
        })
    }

    fn jpeg(picture: &RgbImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture
            .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 95))
            .unwrap();
        bytes
    }

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    /// Metadata as cameras write it (Exif 2.3): how the camera was held, who held it, and where.
    fn exif(orientation: u8) -> Vec<u8> {
        let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            let mut entry = Vec::new();
            entry.extend(tag.to_le_bytes());
            entry.extend(kind.to_le_bytes());
            entry.extend(count.to_le_bytes());
            entry.extend(value);
            entry
        };
        let artist = b"Fotograf Inge\0";
        let mut tiff = b"II\x2A\0\x08\0\0\0".to_vec();
        tiff.extend(3_u16.to_le_bytes());
        tiff.extend(entry(0x0112, 3, 1, [orientation, 0, 0, 0]));
        let after: u32 = 8 + 2 + 3 * 12 + 4;
        tiff.extend(entry(0x013B, 2, artist.len() as u32, after.to_le_bytes()));
        let place = after + artist.len() as u32;
        tiff.extend(entry(0x8825, 4, 1, place.to_le_bytes()));
        tiff.extend([0; 4]);
        tiff.extend(artist);
        // The place: north, and 55 degrees.
        tiff.extend(1_u16.to_le_bytes());
        tiff.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
        tiff.extend([0; 4]);
        tiff.extend(b"55.3959N10.3883E");
        let mut segment = b"\xFF\xE1".to_vec();
        segment.extend((2 + 6 + tiff.len() as u16).to_be_bytes());
        segment.extend(b"Exif\0\0");
        segment.extend(tiff);
        segment
    }

    /// A JPEG with segments after its beginning.
    fn with_segments(jpeg: &[u8], segments: &[u8]) -> Vec<u8> {
        [&jpeg[..2], segments, &jpeg[2..]].concat()
    }

    fn contains(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    fn opened(version: &Version) -> DynamicImage {
        image::load_from_memory(&version.bytes).unwrap()
    }

    fn is_red(image: &DynamicImage, x: u32, y: u32) -> bool {
        let pixel = image.get_pixel(x, y);
        pixel.0[0] > 150 && pixel.0[2] < 100
    }

    #[test]
    fn an_image_is_turned_as_it_was_held_and_says_no_more_where_and_by_whom() {
        // Held upright: what is left in the file is the top (Exif orientation 6).
        let sent = with_segments(&jpeg(&halves(1_000, 500)), &exif(6));
        assert!(contains(&sent, b"Fotograf Inge") && contains(&sent, b"55.3959N"));
        let kept = image(&sent).unwrap();
        assert_eq!(kept.dimensions, (500, 1_000));
        assert_eq!(kept.media_type, "image/jpeg");
        let widths: Vec<u32> = kept.versions.iter().map(|version| version.width).collect();
        assert_eq!(widths, [400, 500]);
        for version in &kept.versions {
            let image = opened(version);
            let (width, height) = image.dimensions();
            assert_eq!((width, height), (version.width, version.width * 2));
            assert!(is_red(&image, width / 2, height / 8), "red is at the top");
            assert!(!is_red(&image, width / 2, height * 7 / 8));
            for hidden in [b"Exif".as_slice(), b"Fotograf Inge", b"55.3959N"] {
                assert!(!contains(&version.bytes, hidden));
            }
        }
        assert_eq!(kept.id, content_id(&sent));
    }

    #[test]
    fn an_image_is_kept_in_the_widths_that_it_has_and_is_never_enlarged() {
        let widths = |width: u32, height: u32| -> Vec<u32> {
            let kept = image(&jpeg(&halves(width, height))).unwrap();
            kept.versions.iter().map(|version| version.width).collect()
        };
        assert_eq!(widths(300, 200), [300]);
        assert_eq!(widths(400, 200), [400]);
        assert_eq!(widths(1_000, 20), [400, 800, 1_000]);
        assert_eq!(widths(3_000, 30), [400, 800, 1_600]);
        // A strip is bounded by its height.
        let strip = image(&jpeg(&halves(100, 4_800))).unwrap();
        assert_eq!(strip.dimensions, (50, 2_400));
    }

    #[test]
    fn what_is_transparent_stays_so() {
        let mut picture = DynamicImage::ImageRgb8(halves(60, 40)).into_rgba8();
        let opaque = image(&png(&DynamicImage::ImageRgba8(picture.clone()))).unwrap();
        assert_eq!(opaque.media_type, "image/jpeg");
        picture.get_pixel_mut(10, 10).0[3] = 0;
        let kept = image(&png(&DynamicImage::ImageRgba8(picture))).unwrap();
        assert_eq!(kept.media_type, "image/webp");
        let back = opened(&kept.versions[0]).into_rgba8();
        assert_eq!(back.get_pixel(10, 10).0[3], 0);
        assert_eq!(back.get_pixel(0, 0).0, [220, 20, 20, 255]);
        // And WebP is taken as well as given.
        let again = image(&kept.versions[0].bytes).unwrap();
        assert_eq!(again.dimensions, (60, 40));
    }

    #[test]
    fn a_small_file_that_would_be_huge_is_refused_before_it_is_decoded() {
        // A PNG of 30,000 × 30,000 pixels, whose first chunk is all that has to be read.
        let mut bomb = png(&DynamicImage::ImageRgb8(halves(2, 2)));
        bomb[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
        let check = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&check.to_be_bytes());
        let began = std::time::Instant::now();
        assert_eq!(image(&bomb), Err(Unfit::TooManyPixels));
        assert!(began.elapsed() < Duration::from_secs(1));
        // A real one: 64 million pixels of one colour in some kilobytes.
        let mut bytes = Vec::new();
        image::codecs::png::PngEncoder::new(&mut bytes)
            .write_image(&vec![0; 64_000_000], 8_000, 8_000, ExtendedColorType::L8)
            .unwrap();
        assert!(bytes.len() < 1_000_000, "{}", bytes.len());
        assert_eq!(image(&bytes), Err(Unfit::TooManyPixels));
    }

    /// The check of a PNG's chunk (ISO/IEC 15948, annex D).
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
            })
        })
    }

    #[test]
    fn what_is_no_image_is_refused_whatever_it_is_called() {
        assert_eq!(
            image(b"GIF89a/*<script>alert(1)</script>"),
            Err(Unfit::NotAnImage)
        );
        assert_eq!(image(b"<svg onload=alert(1)>"), Err(Unfit::NotAnImage));
        assert_eq!(image(b"%PDF-1.7\n%%EOF"), Err(Unfit::NotAnImage));
        assert_eq!(image(b"\0\0\0\x18ftypheic\0\0\0\0"), Err(Unfit::OtherImage));
        assert_eq!(image(b"\0\0\0\x18ftypavif\0\0\0\0"), Err(Unfit::OtherImage));
        let whole = png(&DynamicImage::ImageRgb8(halves(600, 400)));
        assert_eq!(image(&whole[..whole.len() / 2]), Err(Unfit::Damaged));
        assert_eq!(image(b"\xFF\xD8\xFF\xE0nothing"), Err(Unfit::Damaged));
    }

    #[test]
    fn what_is_hidden_in_an_image_does_not_come_along() {
        let page = b"<html><script>alert(1)</script></html>";
        let mut comment = b"\xFF\xFE".to_vec();
        comment.extend((2 + page.len() as u16).to_be_bytes());
        comment.extend(page);
        let mut sent = with_segments(&jpeg(&halves(40, 40)), &comment);
        sent.extend(b"PK\x03\x04archive");
        let kept = image(&sent).unwrap();
        for version in &kept.versions {
            assert!(!contains(&version.bytes, b"<script>"));
            assert!(!contains(&version.bytes, b"PK\x03\x04"));
        }
    }

    #[test]
    fn a_file_is_a_pdf_from_its_first_byte_to_its_last_and_nothing_else() {
        let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\r\n";
        let kept = file(pdf.to_vec()).unwrap();
        assert_eq!(kept.versions[0].bytes, pdf);
        assert_eq!(kept.media_type, "application/pdf");
        assert_eq!(file(b"MZ%PDF-1.7\n%%EOF".to_vec()), Err(Unfit::NotAFile));
        assert_eq!(file(pdf[..pdf.len() - 9].to_vec()), Err(Unfit::Damaged));
        let with_page = [pdf.as_slice(), b"<script>alert(1)</script>"].concat();
        assert_eq!(file(with_page), Err(Unfit::Damaged));
        // An archive behind it, and one whose comment is the document's end.
        let end = |comment: &[u8]| {
            let mut end = b"PK\x05\x06".to_vec();
            end.extend([0; 16]);
            end.extend((comment.len() as u16).to_le_bytes());
            end.extend(comment);
            end
        };
        let behind = [pdf.as_slice(), &end(b"")].concat();
        assert_eq!(file(behind), Err(Unfit::TwoThings));
        let inside = [b"%PDF-1.7\n".as_slice(), &end(b"\n%%EOF\n")].concat();
        assert_eq!(file(inside), Err(Unfit::TwoThings));
    }

    #[tokio::test]
    async fn uploads_are_bounded() {
        let workshop = Workshop::default();
        let take = async |kind, length: usize| workshop.take(kind, vec![0; length]).await;
        use AttachmentKind::{File, Image};
        assert_eq!(take(Image, 0).await, Err(Unfit::Empty));
        assert_eq!(
            take(Image, LARGEST_IMAGE + 1).await,
            Err(Unfit::TooManyBytes)
        );
        assert_eq!(take(Image, LARGEST_IMAGE).await, Err(Unfit::NotAnImage));
        assert_eq!(take(File, LARGEST_FILE + 1).await, Err(Unfit::TooManyBytes));
        assert_eq!(take(File, LARGEST_FILE).await, Err(Unfit::NotAFile));
    }
}
