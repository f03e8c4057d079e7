//! Texts of signing in.

texts! {
    /// Signing in, with a password or with a one-time link.
    SignIn {
        title: "Log ind", "Sign in";
        lead: "Her logger I ind, der udgiver forløb og erfaringer eller driver portalen. Lærere behøver ingen konto for at søge.",
            "For those who publish offers and experiences or run the portal. Teachers need no account to search.";
        email: "E-mailadresse", "E-mail address";
        password: "Adgangskode", "Password";
        sign_in: "Log ind", "Sign in";
        no_match: "E-mailadressen og adgangskoden passer ikke sammen. Prøv igen.", "The e-mail address and the password do not match. Try again.";
        too_often(minutes: u64): format!("Der er prøvet for mange gange. Vent {}, og prøv igen.", if minutes == 1 { "et minut".to_owned() } else { format!("{minutes} minutter") }),
            format!("Too many attempts. Wait {} and try again.", if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") });
        forgotten: "Har du glemt adgangskoden, eller har du ingen?", "Have you forgotten your password, or do you have none?";
        forgotten_lead: "Den, der driver portalen, kan lave et engangslink til dig med «anker user link». Når du er logget ind med det, kan du vælge en ny adgangskode.",
            "Whoever runs the portal can make a one-time link for you with “anker user link”. Once signed in with it you can choose a new password.";

        link_title: "Log ind med engangslink", "Sign in with a one-time link";
        link_lead: "Linket virker én gang. Tryk på knappen for at logge ind.", "The link works once. Press the button to sign in.";
        first_title: "Opret den første administrator", "Create the first administrator";
        first_lead: "Portalen har ingen konto endnu. Du bliver den første administrator.", "The portal has no account yet. You become the first administrator.";
        your_name: "Dit navn", "Your name";
        your_email: "Din e-mailadresse", "Your e-mail address";
        first_button: "Opret konto og log ind", "Create account and sign in";
        errors: "Ret dette, og prøv igen", "Correct this and try again";
        used_title: "Linket virker ikke længere", "The link no longer works";
        used_lead: "Det er brugt, udløbet eller skrevet forkert. Den, der driver portalen, kan lave et nyt med «anker user link».",
            "It has been used, has expired or is mistyped. Whoever runs the portal can make a new one with “anker user link”.";
        needed_title: "Du er ikke logget ind", "You are not signed in";
        needed_lead: "Log ind for at se denne side. Måske er din adgang udløbet siden sidst, eller din konto har ikke ret til den.",
            "Sign in to see this page. Perhaps you were signed out since last time, or your account may not see it.";
        ended_title: "Du er blevet logget ud", "You have been signed out";
        ended_lead: "Det, du skrev, er ikke tabt. Log ind i en ny fane, kom tilbage hertil, og send det igen.",
            "What you wrote is not lost. Sign in in a new tab, come back here, and send it again.";
        ended_sign_in: "Log ind i en ny fane", "Sign in in a new tab";
        ended_send_again: "Send det igen", "Send it again";
    }
}
