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
        mail_title: "Post", "Mail";
        mail_on_overview: "Se de breve, portalen sender, og dem, der ikke kunne sendes.", "See the letters the portal sends, and those that could not be sent.";
        mail_button: "Se posten", "See the mail";
        mail_lead: "Her er de breve, portalen sender. Et brev, der ikke kan sendes, prøves igen med voksende mellemrum i et par døgn. Det, der står i et brev, glemmes, når det er sendt.",
            "These are the letters the portal sends. A letter that cannot be sent is tried again at growing intervals for a day or two. What a letter says is forgotten once it is sent.";
        mail_waiting: "Venter på at blive sendt", "Waiting to be sent";
        mail_none_waiting: "Ingen breve venter.", "No letters wait.";
        mail_given_up: "Kunne ikke sendes", "Could not be sent";
        mail_none_given_up: "Ingen breve er opgivet.", "No letters are given up.";
        mail_sent: "Sendt de seneste 30 dage", "Sent in the last 30 days";
        mail_none_sent: "Ingen breve er sendt.", "No letters are sent.";
        mail_more(shown: usize, count: usize): format!("De {shown} nyeste af {count} vises."), format!("The {shown} newest of {count} are shown.");
        moment(date: &str, time: &str): format!("{date} kl. {time}"), format!("{date}, {time}");
        mail_written(moment: &str): format!("Skrevet {moment}."), format!("Written {moment}.");
        mail_next(moment: &str): format!("Prøves {moment}."), format!("Tried {moment}.");
        mail_given_up_at(moment: &str): format!("Opgivet {moment}."), format!("Given up {moment}.");
        mail_sent_at(moment: &str): format!("Sendt {moment}."), format!("Sent {moment}.");
        mail_failed(attempts: u32, failure: &str): if attempts == 1 { format!("Prøvet én gang forgæves: {failure}") } else { format!("Prøvet {attempts} gange forgæves: {failure}") },
            if attempts == 1 { format!("Tried once in vain: {failure}") } else { format!("Tried {attempts} times in vain: {failure}") };
        mail_retry: "Prøv igen nu", "Try again now";
        mail_give_up: "Opgiv", "Give up";
        mail_retried: "Brevet prøves igen nu.", "The letter is tried again now.";
        mail_abandoned: "Brevet er opgivet.", "The letter is given up.";
        mail_nothing: "Brevet er sendt i mellemtiden, er ved at blive sendt, eller findes ikke længere.", "The letter has been sent meanwhile, is just being sent, or is no longer there.";
    }
}
