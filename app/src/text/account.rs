//! Texts of one's own account.

texts! {
    /// One's own account: password and sign-ins.
    Account {
        title: "Min konto", "My account";
        name: "Navn", "Name";
        email: "E-mailadresse", "E-mail address";
        administration: "Administration", "Administration";
        sign_out: "Log ud", "Sign out";
        choose_password: "Vælg en adgangskode", "Choose a password";
        change_password: "Skift adgangskode", "Change password";
        no_password: "Du har ingen adgangskode endnu og kan kun logge ind med et engangslink.", "You have no password yet and can only sign in with a one-time link.";
        current_password: "Nuværende adgangskode", "Current password";
        current_wrong: "Den nuværende adgangskode er ikke rigtig.", "The current password is not right.";
        new_password: "Ny adgangskode", "New password";
        new_password_hint: "Mindst 12 tegn. Fire tilfældige ord efter hinanden er både sikre og lette at huske.",
            "At least 12 characters. Four random words in a row are both safe and easy to remember.";
        too_short: "Den nye adgangskode er for kort: mindst 12 tegn.", "The new password is too short: at least 12 characters.";
        too_long: "Den nye adgangskode er for lang: højst 128 tegn.", "The new password is too long: at most 128 characters.";
        guessable: "Den nye adgangskode er for let at gætte, fordi mange bruger noget, der ligner. Tag flere ord med, som ikke hører sammen.",
            "The new password is too easy to guess, because many use something like it. Add more words that do not belong together.";
        choose_password_button: "Gem adgangskoden", "Save the password";
        change_password_button: "Skift adgangskoden", "Change the password";
        password_set: "Din nye adgangskode er gemt. Alle andre steder er du logget ud.", "Your new password is saved. You are signed out everywhere else.";
        sessions: "Her er du logget ind", "Where you are signed in";
        sessions_lead: "Kender du ikke et af stederne, så log ud der, og skift adgangskode.", "If you do not know one of the places, sign out there and change your password.";
        unknown_browser: "Ukendt browser", "Unknown browser";
        waits: "Har ikke vist koden endnu.", "Has not shown the code yet.";
        this_browser: "denne browser", "this browser";
        since(date: &str, time: &str): format!("Siden {date} kl. {time}"), format!("Since {date}, {time}");
        sign_out_there(browser: &str): format!("Log ud: {browser}"), format!("Sign out: {browser}");
        sign_out_elsewhere: "Log ud alle andre steder", "Sign out everywhere else";
        signed_out: "Du er logget ud det sted.", "You are signed out there.";
        signed_out_elsewhere: "Du er logget ud alle andre steder.", "You are signed out everywhere else.";
    }
}
