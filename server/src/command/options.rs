//! What every command can be told, on the command line or in the environment.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use store::DatabaseUrl;

use super::Failure;
use crate::mail::MailUrl;
use crate::portal::Settings;

/// The options that every command has.
#[derive(clap::Args, Clone, Debug)]
pub struct Options {
    /// Mappen, hvor portalens data ligger
    #[arg(
        long,
        global = true,
        env = "ANKER_DATA",
        value_name = "MAPPE",
        default_value = "./data"
    )]
    pub data: PathBuf,
    /// Databasen: surrealkv (under datamappen), memory, ws://… eller wss://…
    #[arg(
        long,
        global = true,
        env = "ANKER_DATABASE",
        value_name = "URL",
        default_value = "surrealkv",
        hide_env_values = true
    )]
    pub database: String,
    /// Adressen, portalen lytter på
    #[arg(
        long,
        global = true,
        env = "ANKER_LISTEN",
        value_name = "ADRESSE",
        default_value = "127.0.0.1:3000"
    )]
    pub listen: ListenAddress,
    /// Adressen, folk bruger; udelades den, følger den af --listen
    #[arg(long, global = true, env = "ANKER_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// Hvordan breve sendes: file (en .eml-fil pr. brev i datamappen), smtp://… eller smtps://…
    #[arg(
        long,
        global = true,
        env = "ANKER_MAIL",
        value_name = "URL",
        default_value = "file",
        hide_env_values = true
    )]
    pub mail: MailUrl,
    /// E-mailadressen, hvor man skriver til dem, der driver portalen
    #[arg(long, global = true, env = "ANKER_CONTACT", value_name = "E-MAIL")]
    pub contact: Option<ContactAddress>,
    /// Telefonnummeret, hvor man ringer til dem, der driver portalen
    #[arg(
        long,
        global = true,
        env = "ANKER_CONTACT_PHONE",
        value_name = "TELEFON"
    )]
    pub contact_phone: Option<ContactPhone>,
    /// En mappe med de byggede sider i stedet for dem i programmet
    #[arg(long, global = true, env = "ANKER_SITE", value_name = "MAPPE")]
    pub site: Option<PathBuf>,
}

impl Options {
    /// Where the database is.
    ///
    /// # Errors
    /// The text of `--database` is not understood.
    pub fn database(&self) -> Result<DatabaseUrl, Failure> {
        DatabaseUrl::parse(&self.database, &self.data).map_err(|error| {
            Failure::call(
                "--database (ANKER_DATABASE) forstås ikke: skriv surrealkv, memory, \
                 ws://BRUGER:KODE@VÆRT:PORT eller wss://…"
                    .to_owned(),
                format!("--database (ANKER_DATABASE) is not understood: {error}"),
            )
        })
    }

    /// The address that people use, without a trailing slash.
    #[must_use]
    pub fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.0.clone(),
            None => format!("http://{}", self.listen),
        }
    }

    /// What a portal is told.
    ///
    /// # Errors
    /// The text of `--database` is not understood.
    pub fn settings(&self) -> Result<Settings, Failure> {
        let public_url = self.public_url();
        let host = public_url
            .split_once("://")
            .map_or(public_url.as_str(), |(_, rest)| rest);
        let host = host.split([':', '/']).next().unwrap_or(host);
        let contact_email = match &self.contact {
            Some(contact) => contact.0.clone(),
            None => format!("anker@{host}"),
        };
        Ok(Settings {
            data: self.data.clone(),
            database: self.database()?,
            public_url,
            mail: self.mail.clone(),
            contact_email,
            password_cost: argon2::Params::DEFAULT,
            contact_phone: self.contact_phone.clone().map(|phone| phone.0),
            site: self.site.clone(),
        })
    }
}

/// `HOST:PORT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenAddress(String);

impl ListenAddress {
    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ListenAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fits = text
            .rsplit_once(':')
            .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err("skriv VÆRT:PORT, for eksempel 127.0.0.1:3000".to_owned())
        }
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// An `http://` or `https://` address without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim_end_matches('/');
        text.parse::<domain::WebAddress>()
            .map(|_| Self(text.to_owned()))
            .map_err(|_| "skriv en adresse, der begynder med https:// eller http://".to_owned())
    }
}

/// An e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactAddress(String);

impl FromStr for ContactAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse::<domain::EmailAddress>()
            .map(|address| Self(address.into()))
            .map_err(|_| "skriv en e-mailadresse som navn@eksempel.dk".to_owned())
    }
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPhone(domain::PhoneNumber);

impl FromStr for ContactPhone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse()
            .map(Self)
            .map_err(|_| "skriv et telefonnummer som +45 12 34 56 78".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_form_is_read_and_others_are_not() {
        for good in [
            "127.0.0.1:3000",
            "0.0.0.0:80",
            "[::]:8080",
            "localhost:3000",
        ] {
            assert!(good.parse::<ListenAddress>().is_ok(), "{good}");
        }
        for bad in ["", "3000", ":3000", "localhost", "localhost:70000"] {
            assert!(bad.parse::<ListenAddress>().is_err(), "{bad}");
        }
        let public: PublicUrl = "https://anker.example/".parse().unwrap();
        assert_eq!(public.0, "https://anker.example");
        assert!("anker.example".parse::<PublicUrl>().is_err());
        assert!("+45 12 34 56 78".parse::<ContactPhone>().is_ok());
        assert!("ring".parse::<ContactPhone>().is_err());
    }
}
