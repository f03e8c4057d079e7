//! Texts about downloading all there is about oneself, and deleting one's account.

texts! {
    /// One's own data.
    OwnData {
        title: "Dine oplysninger", "Your data";
        lead: "Du kan hente alt, hvad portalen ved om dig, og du kan slette din konto.", "You can download all the portal knows about you, and you can delete your account.";
        more: "Læs, hvad vi gemmer, og hvor længe", "Read what we keep and for how long";
        download: "Hent mine oplysninger (JSON)", "Download my data (JSON)";
        delete: "Slet min konto", "Delete my account";
        what_goes(name: &str): format!("Kontoen «{name}» forsvinder med navn, e-mailadresse, adgangskode, login, medlemskaber og breve."),
            format!("The account “{name}” goes, with its name, e-mail address, password, sign-ins, memberships and letters.");
        what_stays: "Det, du har skrevet, bliver hos den organisation, du skrev det for, uden dit navn. Der står «en tidligere bruger», hvor dit navn stod.",
            "What you have written stays with the organisation you wrote it for, without your name. Where your name stood it says “a former user”.";
        no_undo: "Det kan ikke fortrydes. Hent dine oplysninger først, hvis du vil have dem.", "It cannot be undone. Download your data first if you want it.";
        confirm: "Ja, slet min konto", "Yes, delete my account";
        unconfirmed: "Sæt kryds for at bekræfte, at kontoen skal slettes.", "Tick the box to confirm that the account is to be deleted.";
        delete_button: "Slet kontoen", "Delete the account";
        keep: "Behold kontoen", "Keep the account";
        leads: "Du er den eneste ansvarlige for disse organisationer, og der er andre med i dem. Gør først en af de andre til ansvarlig:",
            "You are the only one who manages these organisations, and there are others in them. First make one of the others a manager:";
        last_administrator: "Du er portalens eneste administrator. Gør først en anden til administrator med «anker user add».",
            "You are the portal's only administrator. First make somebody else an administrator with “anker user add”.";
        deleted_title: "Kontoen er slettet", "The account is deleted";
        deleted: "Kontoen er slettet, og du er logget ud alle steder. Vi har sendt et brev om det til adressen.",
            "The account is deleted and you are signed out everywhere. We have sent a letter about it to the address.";
        home: "Til forsiden", "To the front page";
    }
}
