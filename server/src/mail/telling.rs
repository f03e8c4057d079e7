//! What the rest of the portal calls to have people written to. What is told here is in the store's queue when the
//! call returns; sending is the [`super::sender`]'s.

use std::collections::BTreeSet;

use app::letter::{Letter, Reader, write};
use app::pages::letters::off_path;
use domain::notice::{Delivery, LetterKind, Notice};
use domain::{EmailAddress, Language, Slug};
use jiff::SignedDuration;
use store::{Account, LinkPurpose, NewLetter, Post, Secret, StoreError, Unsubscribe};

use super::random;
use crate::portal::Portal;

impl Portal {
    /// Tells accounts what has happened, each in the way and in the language they have chosen: at once, in the next
    /// digest, or not at all. Accounts that are closed or have no address are left out, and each is told once.
    ///
    /// # Errors
    /// What the store says; then nobody is told.
    pub async fn tell(&self, accounts: &[Slug], notice: &Notice) -> Result<(), StoreError> {
        let mut post = Post::default();
        for id in accounts.iter().collect::<BTreeSet<_>>() {
            self.add_notice(&mut post, id, notice).await?;
        }
        self.store
            .post(&post, self.clock.now(), &mut random())
            .await?;
        self.mailer.hurry();
        Ok(())
    }

    /// Adds what an account is told to what is posted, in the way and in the language that it has chosen.
    pub(crate) async fn add_notice(
        &self,
        post: &mut Post,
        id: &Slug,
        notice: &Notice,
    ) -> Result<(), StoreError> {
        let Some(known) = self.store.account(id).await? else {
            return Ok(());
        };
        let Some((account, email)) = reachable(&known) else {
            return Ok(());
        };
        let preferences = self.store.preferences(id).await?;
        match preferences.delivery(notice.kind) {
            Delivery::Off => {}
            Delivery::Digest => post.waiting.push((id.clone(), notice.clone())),
            Delivery::AtOnce => {
                let what = Unsubscribe {
                    account: id.clone(),
                    kind: LetterKind::Notice(notice.kind),
                };
                let letter = Letter::Notice(notice.clone());
                let language = preferences.language;
                self.add_letter(post, account, email, language, &letter, what)
                    .await?;
            }
        }
        Ok(())
    }

    /// Sends a letter that was asked for, to any address.
    ///
    /// # Errors
    /// What the store says; then it is not sent.
    pub async fn send_letter(
        &self,
        email: &EmailAddress,
        language: Language,
        letter: &Letter,
    ) -> Result<(), StoreError> {
        let letter = self.asked_for(email, None, language, letter);
        self.store
            .enqueue_letters(&[letter], self.clock.now(), &mut random())
            .await?;
        self.mailer.hurry();
        Ok(())
    }

    /// Sends a letter that brings a one-time link, which is good for so long from now.
    ///
    /// # Errors
    /// What the store says; then neither is there.
    pub async fn send_link(
        &self,
        email: &EmailAddress,
        name: Option<&str>,
        language: Language,
        letter: &Letter,
        (secret, purpose): (&Secret, &LinkPurpose),
        good_for: SignedDuration,
    ) -> Result<(), StoreError> {
        let letter = self.asked_for(email, name, language, letter);
        let now = self.clock.now();
        self.store
            .enqueue_link(secret, purpose, &letter, now, good_for, &mut random())
            .await?;
        self.mailer.hurry();
        Ok(())
    }

    pub(crate) fn asked_for(
        &self,
        email: &EmailAddress,
        name: Option<&str>,
        language: Language,
        letter: &Letter,
    ) -> NewLetter {
        let reader = Reader {
            language,
            name,
            unsubscribe: None,
        };
        self.written(email, letter, reader)
    }

    fn written(&self, email: &EmailAddress, letter: &Letter, reader: Reader<'_>) -> NewLetter {
        let written = write(&self.described, letter, reader);
        NewLetter {
            kind: letter.kind(),
            language: reader.language,
            email: email.clone(),
            name: reader.name.map(str::to_owned),
            subject: written.subject,
            text: written.text,
            html: written.html,
            unsubscribe: reader.unsubscribe.map(str::to_owned),
            useless: None,
        }
    }

    /// Adds a letter that can be turned off to what is posted.
    pub(super) async fn add_letter(
        &self,
        post: &mut Post,
        account: &Account,
        email: EmailAddress,
        language: Language,
        letter: &Letter,
        what: Unsubscribe,
    ) -> Result<(), StoreError> {
        let secret = self.store.unsubscribe_secret(&what, &mut random()).await?;
        let address = self.in_language(&off_path(&secret.reveal()), language);
        let reader = Reader {
            language,
            name: Some(&account.name),
            unsubscribe: Some(&address),
        };
        post.letters.push(self.written(&email, letter, reader));
        post.unsubscribes.push((secret, what));
        Ok(())
    }

    /// The absolute address of a path that has no language of its own, for a letter in this language.
    #[must_use]
    pub fn in_language(&self, path: &str, language: Language) -> String {
        let public_url = self.public_url();
        match language {
            Language::Danish => format!("{public_url}{path}"),
            Language::English => format!("{public_url}{path}?lang={}", language.tag()),
        }
    }
}

/// The account with its address, where it can be written to.
pub(super) fn reachable(account: &Account) -> Option<(&Account, EmailAddress)> {
    let email = account.email.as_deref()?.parse().ok()?;
    account.disabled.is_none().then_some((account, email))
}
