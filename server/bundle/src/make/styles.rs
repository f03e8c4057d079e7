//! The style sheet: imports bundled, made small, addresses of files made hashed.

use std::fmt::Display;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};

/// Bundles a style sheet with what it imports. `address` gives the hashed
/// address of a public file.
pub fn bundle(style: &Path, address: &dyn Fn(&str) -> Option<String>) -> Result<String> {
    let provider = FileProvider::new();
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let mut sheet = bundler.bundle(style).map_err(said)?;
    let targets = targets();
    sheet
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(said)?;
    let options = PrinterOptions {
        minify: true,
        targets,
        ..PrinterOptions::default()
    };
    let css = sheet.to_css(options).map_err(said)?.code;
    with_hashed_addresses(&css, address)
}

/// The errors borrow from the sheet, so only their words leave.
fn said(error: impl Display) -> anyhow::Error {
    anyhow!("{error}")
}

/// The oldest browsers that are served in full: those of early 2023.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Targets::from(Browsers {
        chrome: version(110, 0),
        edge: version(110, 0),
        firefox: version(110, 0),
        safari: version(16, 4),
        ios_saf: version(16, 4),
        ..Browsers::default()
    })
}

/// Gives every `url(/…)` of a public file its hashed address. No style may
/// ask another host, or a file that is not there.
fn with_hashed_addresses(css: &str, address: &dyn Fn(&str) -> Option<String>) -> Result<String> {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("url(") {
        let (before, after) = rest.split_at(start + "url(".len());
        out.push_str(before);
        let quote = after
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''));
        let (content, tail) = match quote {
            Some(quote) => after[1..].split_once(quote),
            None => after.find(')').map(|end| after.split_at(end)),
        }
        .ok_or_else(|| anyhow!("a url( is not closed"))?;
        rest = tail;
        if content.starts_with("data:") || content.starts_with('#') {
            let quote = quote.map(String::from).unwrap_or_default();
            out.push_str(&format!("{quote}{content}{quote}"));
        } else if let Some(name) = content
            .strip_prefix('/')
            .filter(|name| !name.starts_with('/'))
        {
            let hashed = address(name);
            out.push_str(&hashed.ok_or_else(|| anyhow!("url({content}) is not in public/"))?);
        } else {
            bail!(
                "url({content}): name a file of public/ by its path from there, with a leading /"
            );
        }
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn imports_are_bundled_and_made_small() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        fs::write(
            &main,
            "@layer base, pages;\n@import \"base.css\" layer(base);\n",
        )
        .unwrap();
        fs::write(
            folder.path().join("base.css"),
            "a { color: #ff0000; }\n@font-face { font-family: A; src: url(\"/fonts/a.woff2\"); }",
        )
        .unwrap();
        let css = bundle(&main, &|name| Some(format!("/pkg/{name}?"))).unwrap();
        assert!(css.contains("@layer base"), "{css}");
        assert!(css.contains("a{color:red}"), "{css}");
        assert!(css.contains("url(/pkg/fonts/a.woff2?)"), "{css}");
    }

    #[test]
    fn only_public_files_are_asked_for() {
        let known = |name: &str| (name == "a.svg").then(|| "/pkg/a.1.svg".to_owned());
        for (css, expected) in [
            ("a{b:url(/a.svg)}", "a{b:url(/pkg/a.1.svg)}"),
            ("a{b:url(\"/a.svg\") c}", "a{b:url(/pkg/a.1.svg) c}"),
            ("a{b:url(\"data:x,(1)\")}", "a{b:url(\"data:x,(1)\")}"),
            ("a{b:url(#c)}", "a{b:url(#c)}"),
        ] {
            assert_eq!(with_hashed_addresses(css, &known).unwrap(), expected);
        }
        for css in [
            "url(/b.svg)",
            "url(//host/a.svg)",
            "url(https://host/a.svg)",
            "url(a.svg)",
        ] {
            assert!(with_hashed_addresses(css, &known).is_err(), "{css}");
        }
    }
}
