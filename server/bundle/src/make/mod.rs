//! The steps that make the site.

mod browser;
mod names;
mod public;
mod publish;
mod styles;

use anyhow::{Context, Result};

use crate::SiteArguments;
use publish::Publisher;

/// The script of `make dev`.
const RELOAD: &str = include_str!("../../browser/reload.js");

/// Makes the whole site and says how large it is.
pub fn site(arguments: &SiteArguments) -> Result<()> {
    let mut publisher = Publisher::new(&arguments.out);

    public::publish(&arguments.public, &mut publisher).context("the public files")?;
    let styles =
        styles::bundle(&arguments.style, &|name| publisher.address(name)).context("the styles")?;
    publisher.publish("main.css", styles.into_bytes(), false)?;
    browser::publish(arguments, &mut publisher).context("the browser's half")?;
    if arguments.reload {
        publisher.publish("reload.js", RELOAD.into(), false)?;
    }
    publisher.finish()
}
