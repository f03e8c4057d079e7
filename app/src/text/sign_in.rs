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
        forgotten: "Få et link i stedet", "Get a link instead";
        link_to: "Send linket til", "Send the link to";
        forgotten_lead: "Har du glemt adgangskoden, eller har du ingen? Så skriver vi til dig med et link, der logger dig ind én gang. Bagefter kan du vælge en ny adgangskode.",
            "Have you forgotten your password, or do you have none? Then we write to you with a link that signs you in once. Afterwards you can choose a new password.";
        send_link: "Send mig et link", "Send me a link";
        no_account: "Har du ingen konto?", "Do you have no account?";
        no_account_lead: "Det tager et øjeblik at oprette en. Bagefter kan du bede om at være med i din organisation.",
            "Creating one takes a moment. Afterwards you can ask to join your organisation.";
        sign_up_title: "Opret konto", "Create account";
        sign_up_lead: "Vi skriver til dig med et link, der opretter kontoen. Lærere behøver ingen konto for at søge.",
            "We write to you with a link that creates the account. Teachers need no account to search.";
        sign_up_button: "Send mig et link", "Send me a link";
        sign_up_link_lead(name: &str): format!("Kontoen bliver oprettet til {name}. Tryk på knappen for at oprette den og logge ind."), format!("The account will be {name}’s. Press the button to create it and sign in.");
        name_hint: "Det navn, andre skal se.", "The name that others are to see.";
        email_hint: "Brug din arbejdsmail, hvis du vil være med i en organisation.", "Use your work address if you want to join an organisation.";
        write_name: "Skriv dit navn.", "Write your name.";
        write_email: "Skriv din e-mailadresse.", "Write your e-mail address.";
        have_account: "Har du allerede en konto?", "Do you have an account already?";
        written_title: "Vi har skrevet til dig", "We have written to you";
        written_lead(email: &str): format!("Se i indbakken for {email}, og brug linket i brevet."), format!("Look in the inbox of {email} and use the link in the letter.");
        written_help: "Kommer brevet ikke inden for nogle minutter, så se efter i uønsket post, og se efter, om adressen er skrevet rigtigt.",
            "If the letter does not come within a few minutes, look among unwanted mail, and see whether the address is right.";

        link_title: "Log ind med engangslink", "Sign in with a one-time link";
        link_lead: "Linket virker én gang. Tryk på knappen for at logge ind.", "The link works once. Press the button to sign in.";
        first_title: "Opret den første administrator", "Create the first administrator";
        first_lead: "Portalen har ingen konto endnu. Du bliver den første administrator.", "The portal has no account yet. You become the first administrator.";
        your_name: "Dit navn", "Your name";
        your_email: "Din e-mailadresse", "Your e-mail address";
        first_button: "Opret konto og log ind", "Create account and sign in";
        errors: "Ret dette, og prøv igen", "Correct this and try again";
        used_title: "Linket virker ikke længere", "The link no longer works";
        used_lead: "Det er brugt, udløbet eller skrevet forkert. Bed om et nyt på siden «Log ind».",
            "It has been used, has expired or is mistyped. Ask for a new one on the page “Sign in”.";
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
