//! Texts of one's own account.

texts! {
    /// One's own account: password and sign-ins.
    Account {
        title: "Min konto", "My account";
        name: "Navn", "Name";
        email: "E-mailadresse", "E-mail address";
        no_address: "Ingen bekræftet adresse", "No confirmed address";
        address_title: "E-mailadresse", "E-mail address";
        address_lead: "Vi sender et link til den nye adresse. Den gælder, når du har åbnet linket.", "We send a link to the new address. It holds once you have opened the link.";
        address_missing: "Din konto har ingen bekræftet e-mailadresse. Uden den får du ingen breve og kan ikke logge ind med adgangskode.",
            "Your account has no confirmed e-mail address. Without it you get no letters and cannot sign in with a password.";
        new_address: "Ny e-mailadresse", "New e-mail address";
        address_button: "Send linket", "Send the link";
        address_asked(email: &str): format!("Vi har sendt et link til {email}. Adressen gælder, når du har åbnet det; det er godt i et døgn."),
            format!("We have sent a link to {email}. The address holds once you have opened it; it is good for a day.");
        confirm_address: "Er adressen din?", "Is the address yours?";
        confirm_address_lead(name: &str, email: &str): format!("Kontoen «{name}» får adressen {email}."), format!("The account “{name}” gets the address {email}.");
        confirm_address_button: "Ja, den er min", "Yes, it is mine";
        address_confirmed: "Adressen er bekræftet", "The address is confirmed";
        address_confirmed_lead(email: &str): format!("Du kan nu logge ind med {email}, og vi skriver til dig der."), format!("You can now sign in with {email}, and we write to you there.");
        address_taken: "Adressen hører til en anden konto", "The address belongs to another account";
        address_taken_lead(email: &str): format!("En anden konto har fået {email} imens. Log ind med adressen i stedet."), format!("Another account has got {email} meanwhile. Sign in with the address instead.");
        address_gone: "Linket er brugt eller udløbet", "The link is used or expired";
        address_gone_lead: "Log ind, og bed om et nyt link under «Min konto».", "Sign in and ask for a new link under “My account”.";
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
