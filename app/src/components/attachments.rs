//! Images and files of an offer or a case, as readers see them. What is not in the portal or is taken down is left out.

use domain::{AttachedFile, ContentId, Image};
use leptos::prelude::*;

use crate::backend::{Attached, Read, Unavailable};
use crate::components::content::written_language;
use crate::context::Context;
use crate::format;
use crate::routes::{Route, file_address, image_address};

/// How wide the large image is: the page's width on a phone, its body's on a desk.
const LEAD_SIZES: &str =
    "(min-width: 72rem) 43rem, (min-width: 62rem) calc(100vw - 29.5rem), 100vw";
/// How wide the others are.
const OTHER_SIZES: &str = "(min-width: 40rem) 14rem, 50vw";
/// The width in pixels that a browser without `srcset` is given, at most.
const FALLBACK: u32 = 800;

/// What can be shown of an object's images and files, in the object's order.
#[derive(Default)]
pub struct Attachments {
    images: Vec<(Image, Attached)>,
    files: Vec<(AttachedFile, Attached)>,
}

/// Finds what can be shown. Where an object has neither images nor files nothing is asked.
pub async fn attachments<R: Read>(
    backend: &R,
    images: &[Image],
    files: &[AttachedFile],
) -> Result<Attachments, Unavailable> {
    if images.is_empty() && files.is_empty() {
        return Ok(Attachments::default());
    }
    let ids: Vec<_> = images
        .iter()
        .map(|image| &image.id)
        .chain(files.iter().map(|file| &file.id))
        .cloned()
        .collect();
    let found = backend.attachments(&ids).await?;
    let is_image = |attached: &Attached| attached.media_type.starts_with("image/");
    Ok(Attachments {
        images: images
            .iter()
            .filter_map(|image| {
                let attached = found.iter().find(|attached| attached.id == image.id)?;
                is_image(attached).then(|| (image.clone(), attached.clone()))
            })
            .collect(),
        files: files
            .iter()
            .filter_map(|file| {
                let attached = found.iter().find(|attached| attached.id == file.id)?;
                (!is_image(attached)).then(|| (file.clone(), attached.clone()))
            })
            .collect(),
    })
}

impl Attachments {
    /// The address of the large image's largest version, for those a page is shared with.
    pub fn lead_address(&self) -> Option<String> {
        let (image, attached) = self.images.first()?;
        let widest = attached.widths.last()?;
        Some(image_address(&image.id, *widest))
    }

    /// Whether there are files to fetch.
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }
}

/// The first image large, the others in a row below it; nothing where there is none.
pub fn images(context: &Context, attachments: &Attachments) -> Option<impl IntoView + use<>> {
    let (lead, others) = attachments.images.split_first()?;
    let lead = figure(context, lead, true);
    let others: Vec<_> = others
        .iter()
        .map(|other| figure(context, other, false))
        .collect();
    Some(view! {
        <section class="images" aria-label=context.text().images().images()>
            {lead}
            {(!others.is_empty()).then(|| view! {
                <div class="images-row">{others}</div>
            })}
        </section>
    })
}

fn figure(
    context: &Context,
    (image, attached): &(Image, Attached),
    is_lead: bool,
) -> impl IntoView + use<> {
    let text = context.text().images();
    let lang = written_language(context);
    let (width, height) = attached.dimensions;
    let source_set: Vec<String> = attached
        .widths
        .iter()
        .map(|width| format!("{} {width}w", image_address(&image.id, *width)))
        .collect();
    let fallback = attached
        .widths
        .iter()
        .rev()
        .find(|width| **width <= FALLBACK)
        .or(attached.widths.first())
        .map(|width| image_address(&image.id, *width));
    let widest = attached
        .widths
        .last()
        .map(|width| image_address(&image.id, *width));
    let alt = image.alt.as_str().to_owned();
    let picture = view! {
        <img src=fallback srcset=source_set.join(", ") sizes=if is_lead { LEAD_SIZES } else { OTHER_SIZES }
            width=width.to_string() height=height.to_string() alt=alt.clone() lang=lang decoding="async"
            loading=(!is_lead).then_some("lazy") fetchpriority=is_lead.then_some("high")/>
    };
    let picture = if is_lead {
        picture.into_any()
    } else {
        // The others are small: the image itself leads to its largest version.
        view! { <a href=widest>{picture}</a> }.into_any()
    };
    let report = context.url(&Route::ReportImage(image.id.clone()));
    view! {
        <figure class=if is_lead { "image image-lead" } else { "image" }>
            {picture}
            <figcaption>
                {image.caption.as_ref().map(|caption| view! { <span class="image-caption" lang=lang>{caption.as_str().to_owned()}</span> })}
                <span class="image-credit">{text.credit(image.credit.as_str())}</span>
                <a class="image-report" rel="nofollow" href=report>
                    {text.report_this()}<span class="visually-hidden">": "<span lang=lang>{alt}</span></span>
                </a>
            </figcaption>
        </figure>
    }
}

/// The files, each with what it is and how large; nothing where there is none.
pub fn files(context: &Context, attachments: &Attachments) -> Option<impl IntoView + use<>> {
    let text = context.text().images();
    let lang = written_language(context);
    let files: Vec<_> = attachments
        .files
        .iter()
        .map(|(file, attached)| {
            let facts = text.file_facts(&format::bytes(attached.size, context.language));
            let title = file.title.as_str().to_owned();
            view! {
                <li>
                    <a href=file_address(&file.id) download lang=lang>{title}</a>
                    " "<span class="soft small">{facts}</span>
                </li>
            }
        })
        .collect();
    (!files.is_empty()).then(|| view! { <ul class="files">{files}</ul> })
}

/// An image by itself, in its narrowest version: what a decision is made about.
pub fn thumbnail(id: &ContentId, attached: &Attached, alt: &str) -> impl IntoView + use<> {
    let (width, height) = attached.dimensions;
    let narrowest = attached
        .widths
        .first()
        .map(|width| image_address(id, *width));
    view! {
        <img class="thumbnail" src=narrowest width=width.to_string() height=height.to_string() alt=alt.to_owned()/>
    }
}
