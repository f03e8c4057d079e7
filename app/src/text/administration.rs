//! Texts of signing in and of the administrators' page.

texts! {
    /// Signing in by a one-time link, and what an administrator can do.
    Administration {
        title: "Administration", "Administration";
        signed_in_as(name: &str): format!("Du er logget ind som {name}."), format!("You are signed in as {name}.");
        sign_out: "Log ud", "Sign out";
        not_signed_in: "Du er ikke logget ind", "You are not signed in";
        not_signed_in_lead: "Brug det engangslink, du har fået. Den, der driver portalen, kan lave et nyt med «anker user link».",
            "Use the one-time link you were given. Whoever runs the portal can make a new one with “anker user link”.";
        content: "Portalens indhold", "The portal's content";
        sample_title: "Eksempelindhold", "Sample content";
        sample_lead: "Portalen viser eksempelindhold, til I har jeres eget. Det er mærket som eksempel overalt. Når I fjerner det, forsvinder det fra sider, søgning og API på én gang. Det, I selv har oprettet eller rettet, bliver.",
            "The portal shows sample content until you have your own. It is marked as sample everywhere. When you remove it, it disappears from pages, search and API at once. What you have made or changed yourselves stays.";
        sample_confirm: "Ja, jeg vil fjerne eksempelindholdet", "Yes, I want to remove the sample content";
        sample_remove: "Fjern eksempelindholdet", "Remove the sample content";
        sample_unconfirmed: "Sæt kryds for at bekræfte, at eksempelindholdet skal fjernes.", "Tick the box to confirm that the sample content is to be removed.";
        sample_none: "Der er intet eksempelindhold.", "There is no sample content.";
        sample_removed(removed: usize): format!("Eksempelindholdet er fjernet: {removed} sider er taget af."), format!("The sample content is removed: {removed} pages are gone.");
        sample_kept(kept: usize): format!("{kept} blev stående, fordi jeres eget indhold henviser til dem. De er ikke længere mærket som eksempel."),
            format!("{kept} stayed because your own content refers to them. They are no longer marked as sample.");
        sample_undo: "Fortryd: læg eksempelindholdet ind igen", "Undo: put the sample content back";
        sample_add: "Læg eksempelindhold ind", "Put sample content in";
        sample_added(added: usize): format!("Eksempelindholdet er lagt ind: {added} sider. Det, I selv har skrevet, er ikke rørt."),
            format!("The sample content is in: {added} pages. What you have written yourselves is untouched.");

        sign_in: "Log ind", "Sign in";
        link_title: "Log ind med engangslink", "Sign in with a one-time link";
        link_lead: "Linket virker én gang. Tryk på knappen for at logge ind.", "The link works once. Press the button to sign in.";
        first_title: "Opret den første administrator", "Create the first administrator";
        first_lead: "Portalen har ingen konto endnu. Du bliver den første administrator.", "The portal has no account yet. You become the first administrator.";
        name: "Dit navn", "Your name";
        email: "Din e-mailadresse", "Your e-mail address";
        first_button: "Opret konto og log ind", "Create account and sign in";
        errors: "Ret dette, og prøv igen", "Correct this and try again";
        used_title: "Linket virker ikke længere", "The link no longer works";
        used_lead: "Det er brugt, udløbet eller skrevet forkert. Den, der driver portalen, kan lave et nyt med «anker user link».",
            "It has been used, has expired or is mistyped. Whoever runs the portal can make a new one with “anker user link”.";
    }
}
