//! Texts of the administrators' page.

texts! {
    /// What an administrator can do.
    Administration {
        title: "Administration", "Administration";
        signed_in_as(name: &str): format!("Du er logget ind som {name}."), format!("You are signed in as {name}.");
        sign_out: "Log ud", "Sign out";
        account: "Min konto", "My account";
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
    }
}
