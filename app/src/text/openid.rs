//! Texts of signing in with another's accounts.

texts! {
    /// Signing in with an account at an issuer, as Unilogin; `name` is what people call it.
    OpenId {
        or_with(name: &str): format!("Eller med {name}"), format!("Or with {name}");
        or_with_lead(name: &str): format!("Arbejder du på en skole eller i en kommune, kan du logge ind med {name}. Elever kan ikke oprettes i Anker."),
            format!("If you work at a school or in a municipality, you can sign in with {name}. Pupils cannot have an account in Anker.");
        sign_in_with(name: &str): format!("Log ind med {name}"), format!("Sign in with {name}");

        onward_title(name: &str): format!("Videre til {name}"), format!("On to {name}");
        onward_lead(name: &str): format!("Du bliver sendt videre til {name} for at logge ind og kommer tilbage hertil bagefter."),
            format!("You are sent on to {name} to sign in, and come back here afterwards.");
        onward(name: &str): format!("Fortsæt til {name}"), format!("Continue to {name}");

        failed_title: "Du blev ikke logget ind", "You were not signed in";
        cancelled(name: &str): format!("Du afbrød login hos {name}, eller {name} ville ikke logge dig ind."), format!("You cancelled at {name}, or {name} would not sign you in.");
        lost(name: &str): format!("Der gik for lang tid, eller login hos {name} begyndte i en anden browser. Prøv igen, og bliv i den samme browser."),
            format!("It took too long, or signing in at {name} began in another browser. Try again and stay in the same browser.");
        unreachable(name: &str): format!("{name} svarer ikke, som det skal, lige nu. Prøv igen om lidt, eller log ind på en anden måde."),
            format!("{name} does not answer as it should just now. Try again in a while, or sign in another way.");
        closed: "Din konto er lukket. Skriv til dem, der driver portalen, hvis det er en fejl.", "Your account is closed. Write to those who run the portal if that is a mistake.";
        pupil_title: "Anker er for voksne omkring skolen", "Anker is for the grown-ups around the school";
        pupil_lead(name: &str): format!("{name} siger, at du er elev. Elever får ikke en konto i Anker, og vi har ikke gemt noget om dig. Du kan søge og læse alt uden at logge ind."),
            format!("{name} says that you are a pupil. Pupils do not get an account in Anker, and we have kept nothing about you. You can search and read everything without signing in.");
        taken_title: "Den hører til en anden konto", "It belongs to another account";
        taken_lead(name: &str): format!("Det login hos {name} er knyttet til en anden konto i Anker. Log ind med det, og fjern det dér først."),
            format!("That sign-in at {name} is linked to another account in Anker. Sign in with it and remove it there first.");
        again: "Prøv igen", "Try again";

        newcomer_title: "Velkommen til Anker", "Welcome to Anker";
        newcomer_lead(name: &str): format!("{name} fortæller os hverken, hvad du hedder, eller hvor du arbejder, så det spørger vi om én gang. Har du allerede en konto i Anker, så log ind med den, og knyt {name} til den under «Min konto»."),
            format!("{name} tells us neither your name nor where you work, so we ask once. If you already have an account in Anker, sign in with that and link {name} to it under “My account”.");
        newcomer_button: "Opret min konto", "Create my account";
        email_hint: "Din adresse på arbejdet. Vi sender et link dertil, som bekræfter, at den er din.", "Your address at work. We send a link there that confirms that it is yours.";
        your_school: "Din skole eller arbejdsplads (kan udelades)", "Your school or workplace (may be left out)";
        school_hint: "Navnet, som I bruger det. Så beder vi skolen om at lukke dig ind.", "The name you use for it. Then we ask the school to let you in.";

        section(name: &str): format!("Login med {name}"), format!("Sign-in with {name}");
        not_linked(name: &str): format!("Du kan logge ind med {name} i stedet for din adgangskode."), format!("You can sign in with {name} instead of your password.");
        link(name: &str): format!("Knyt {name} til min konto"), format!("Link {name} to my account");
        linked_since(name: &str, date: &str): format!("Du kan logge ind med {name} siden {date}."), format!("You have been able to sign in with {name} since {date}.");
        unlink(name: &str): format!("Fjern login med {name}"), format!("Remove sign-in with {name}");
        linked(name: &str): format!("Du kan nu logge ind med {name}."), format!("You can now sign in with {name}.");
        unlinked(name: &str): format!("Du kan ikke længere logge ind med {name}."), format!("You can no longer sign in with {name}.");
        password_first(name: &str): format!("Vælg en adgangskode, før du fjerner login med {name}. Ellers kan du ikke logge ind igen."),
            format!("Choose a password before you remove sign-in with {name}. Otherwise you cannot sign in again.");
    }
}
