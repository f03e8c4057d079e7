//! Uploading an image or a file by a plain form.

use domain::ContentId;
use domain::search::encode_pairs;
use leptos::prelude::*;

use crate::backend::Attached;
use crate::components::attachments::thumbnail;
use crate::components::form::{self, Field};
use crate::context::Context;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::Route;

/// What is uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uploaded {
    /// An image.
    Image,
    /// A file.
    File,
}

impl Uploaded {
    /// The page for uploading it.
    pub fn route(self) -> Route {
        match self {
            Uploaded::Image => Route::UploadImage,
            Uploaded::File => Route::UploadFile,
        }
    }

    /// The parameter in which its id is brought to the page that asked for it.
    pub fn parameter(self) -> &'static str {
        match self {
            Uploaded::Image => "billede",
            Uploaded::File => "fil",
        }
    }
}

/// Why an upload is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No file was chosen.
    NoFile,
    /// It has more bytes than are taken.
    TooManyBytes,
    /// It has more pixels than are taken.
    TooManyPixels,
    /// It is not an image in a format that is taken.
    NotAnImage,
    /// It is HEIC, or AVIF of a kind that is not decoded.
    OtherImage,
    /// It is not a PDF.
    NotAFile,
    /// It is not whole.
    Damaged,
    /// It is a PDF and an archive at once.
    TwoThings,
    /// It took too long.
    TooSlow,
    /// An editor has removed it for good.
    Removed,
    /// What it is for is not an offer or a case.
    WrongRecord,
    /// The account has uploaded too much; in so many minutes it can go on.
    TooOften(u64),
}

impl Fault {
    /// The fault in a sentence that says the way out.
    pub fn message(self, context: &Context, what: Uploaded) -> String {
        let text = context.text().images();
        match self {
            Fault::NoFile => text.no_file().to_owned(),
            Fault::TooManyBytes => match what {
                Uploaded::Image => text.image_too_large().to_owned(),
                Uploaded::File => text.file_too_large().to_owned(),
            },
            Fault::TooManyPixels => text.too_many_pixels().to_owned(),
            Fault::NotAnImage => text.not_an_image().to_owned(),
            Fault::OtherImage => text.other_image().to_owned(),
            Fault::NotAFile => text.not_a_file().to_owned(),
            Fault::Damaged => text.damaged().to_owned(),
            Fault::TwoThings => text.two_things().to_owned(),
            Fault::TooSlow => text.too_slow().to_owned(),
            Fault::Removed => text.removed_before().to_owned(),
            Fault::WrongRecord => text.wrong_record().to_owned(),
            Fault::TooOften(minutes) => text.upload_too_often(minutes),
        }
    }

    fn status(self) -> u16 {
        match self {
            Fault::TooManyBytes => 413,
            Fault::TooOften(_) => 429,
            Fault::TooSlow => 503,
            _ => 422,
        }
    }
}

/// The form for uploading.
pub struct UploadForm {
    /// What is to be uploaded.
    pub what: Uploaded,
    /// The key of what it is for, such as `offer/vandhul`; may be empty.
    pub record: String,
    /// The path to go on to with the id; may be empty.
    pub next: String,
    /// Why it was not taken.
    pub fault: Option<Fault>,
}

/// The page for uploading.
pub fn form_page(context: &Context, form: &UploadForm) -> Page {
    let text = context.text().images();
    let (title, lead, label, accept) = match form.what {
        Uploaded::Image => (
            text.upload_image_title(),
            text.upload_image_lead(),
            text.image(),
            "image/jpeg,image/png,image/webp,image/avif",
        ),
        Uploaded::File => (
            text.upload_file_title(),
            text.upload_file_lead(),
            text.file(),
            "application/pdf,.pdf",
        ),
    };
    let status = form.fault.map_or(200, Fault::status);
    let field = Field {
        name: "file",
        label,
        error: form.fault.map(|fault| fault.message(context, form.what)),
        ..Field::default()
    };
    let invalid = field.error.is_some().then_some("true");
    let described = field.error.is_some().then_some("file-error");
    let hidden = |name: &'static str, value: &str| {
        (!value.is_empty())
            .then(|| view! { <input type="hidden" name=name value=value.to_owned()/> })
    };
    // In the address as well: that is read even where the rest is too large to be.
    let sent: Vec<(&str, &str)> = [("record", &*form.record), ("next", &*form.next)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let action = context.url_with(&form.what.route(), &encode_pairs(sent));
    unlisted_page(context, status, title, || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {form::error_summary(text.errors(), &[&field])}
            <form method="post" action=action enctype="multipart/form-data" class="stacked" novalidate>
                {hidden("record", &form.record)}
                {hidden("next", &form.next)}
                <div class="field">
                    <label for="file">{label}</label>
                    {field.error.clone().map(|error| view! { <p class="field-error" id="file-error">{error}</p> })}
                    <input type="file" id="file" name="file" accept=accept aria-invalid=invalid aria-describedby=described/>
                </div>
                <button type="submit">{text.upload()}</button>
            </form>
        }
    })
}

/// The page that gives the id of what was uploaded, where no other page asked for it.
pub fn done_page(
    context: &Context,
    what: Uploaded,
    id: &ContentId,
    image: Option<&Attached>,
) -> Page {
    let text = context.text().images();
    let title = match what {
        Uploaded::Image => text.uploaded_image(),
        Uploaded::File => text.uploaded_file(),
    };
    unlisted_page(context, 200, title, || {
        view! {
            <h1>{title}</h1>
            <p class="lead" role="status">{text.uploaded_lead()}</p>
            {image.map(|image| thumbnail(id, image, ""))}
            <p>{text.id()}": "<code class="content-id">{id.to_string()}</code></p>
            <p><a class="button quiet" href=context.url(&what.route())>{text.upload_another()}</a></p>
        }
    })
}
