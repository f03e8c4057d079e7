//! Texts of the second factor.

/// So many recovery codes, in Danish.
fn codes(count: usize) -> String {
    match count {
        0 => "ingen nødkoder".to_owned(),
        1 => "én nødkode".to_owned(),
        _ => format!("{count} nødkoder"),
    }
}

/// So many recovery codes, in English.
fn english_codes(count: usize) -> String {
    match count {
        0 => "no recovery codes".to_owned(),
        1 => "one recovery code".to_owned(),
        _ => format!("{count} recovery codes"),
    }
}

texts! {
    /// Enrolling a second factor, changing it, and signing in with it.
    SecondFactor {
        title: "To-trins-login", "Two-step sign-in";
        lead: "Når du logger ind, skriver du også en kode fra en app på din telefon. Så er det ikke nok, at nogen kender din adgangskode.",
            "When you sign in you also enter a code from an app on your phone. Then it is not enough that somebody knows your password.";
        administrators_first: "Du er administrator og kan ændre alt i portalen. Derfor skal du have to-trins-login, før du kan bruge din konto. Det tager et par minutter.",
            "You are an administrator and can change everything in the portal. Therefore you need two-step sign-in before you can use your account. It takes a couple of minutes.";
        scan: "1. Scan QR-koden", "1. Scan the QR code";
        scan_lead: "Åbn en app til engangskoder på din telefon, for eksempel Google Authenticator, Microsoft Authenticator eller Aegis, og scan billedet. Mange programmer til adgangskoder kan det også.",
            "Open an app for one-time codes on your phone, for example Google Authenticator, Microsoft Authenticator or Aegis, and scan the picture. Many password managers can do it too.";
        picture: "QR-kode med nøglen til din app. Nøglen står også som tekst herunder.", "QR code with the key for your app. The key is also written below.";
        same_device: "Åbn en app på denne enhed", "Open an app on this device";
        type_it: "Kan du ikke scanne, så skriv denne nøgle i appen:", "If you cannot scan, type this key into the app:";
        confirm: "2. Skriv den kode, appen viser", "2. Enter the code the app shows";
        code: "Kode fra appen", "Code from the app";
        code_hint: "Seks cifre. Appen viser en ny kode hvert halve minut.", "Six digits. The app shows a new code every half minute.";
        code_wrong: "Koden fra appen passer ikke. Vent, til appen viser en ny, og skriv den. Hver kode virker kun én gang.",
            "The code from the app is not right. Wait until the app shows a new one and enter that. Each code works only once.";
        key_expired: "Der gik for lang tid, så nøglen gælder ikke længere. Slet den i appen, og scan den nye.", "It took too long, so the key is no longer good. Delete it in the app and scan the new one.";
        turn_on: "Slå to-trins-login til", "Turn on two-step sign-in";
        change_phone_button: "Brug den nye app", "Use the new app";
        keep_old: "Fortryd", "Cancel";

        codes_title: "Gem dine nødkoder", "Save your recovery codes";
        turned_on: "To-trins-login er slået til. Alle andre steder er du logget ud.", "Two-step sign-in is on. You are signed out everywhere else.";
        codes_lead: "Har du ikke telefonen, logger en nødkode dig ind i stedet. Hver kode virker én gang. Skriv siden ud, eller kopiér koderne til et sikkert sted: De vises kun nu.",
            "If you do not have the phone, a recovery code signs you in instead. Each code works once. Print the page or copy the codes to a safe place: they are only shown now.";
        saved: "Jeg har gemt dem", "I have saved them";

        on_since(date: &str, left: usize): format!("Slået til {date}. Du har {} tilbage.", codes(left)), format!("On since {date}. You have {} left.", english_codes(left));
        off: "To-trins-login er ikke slået til.", "Two-step sign-in is not on.";
        manage: "Skift telefon, lav nye nødkoder eller slå fra", "Change phone, make new recovery codes or turn off";
        manage_administrator: "Skift telefon eller lav nye nødkoder", "Change phone or make new recovery codes";
        recovery_used(left: usize): format!("Du loggede ind med en nødkode. Du har {} tilbage.", codes(left)), format!("You signed in with a recovery code. You have {} left.", english_codes(left));
        recovery_low: "Lav nye nødkoder, før du løber tør. Har du mistet telefonen, så skift til en ny herunder.", "Make new recovery codes before you run out. If you have lost the phone, change to a new one below.";
        change: "Skift noget", "Change something";
        change_lead: "Skriv en kode først, så vi ved, at det er dig.", "Enter a code first, so that we know it is you.";
        either: "Kode fra appen eller en nødkode", "Code from the app or a recovery code";
        either_wrong: "Koden passer ikke, eller den er brugt før. Skriv den næste fra appen, eller en anden nødkode.",
            "The code is not right, or it has been used before. Enter the next one from the app, or another recovery code.";
        renew: "Lav nye nødkoder", "Make new recovery codes";
        renewed: "De gamle nødkoder virker ikke længere.", "The old recovery codes no longer work.";
        replace: "Skift til en anden telefon", "Change to another phone";
        remove: "Slå to-trins-login fra", "Turn off two-step sign-in";
        removed: "To-trins-login er slået fra. Du kan slå det til igen her.", "Two-step sign-in is off. You can turn it on again here.";
        stays: "En administrator kan ikke slå to-trins-login fra.", "An administrator cannot turn off two-step sign-in.";
        back: "Til min konto", "To my account";

        step_title: "Skriv din kode", "Enter your code";
        step_lead: "Adgangskoden eller linket var rigtigt. Åbn appen på din telefon, og skriv de seks cifre, den viser for Anker.",
            "The password or the link was right. Open the app on your phone and enter the six digits it shows for Anker.";
        step_button: "Log ind", "Sign in";
        lost: "Har du ikke telefonen?", "Do you not have the phone?";
        lost_lead: "Brug en af de nødkoder, du gemte.", "Use one of the recovery codes you saved.";
        recovery: "Nødkode", "Recovery code";
        recovery_hint: "Bogstaver og cifre i fire grupper.", "Letters and digits in four groups.";
        recovery_wrong: "Nødkoden passer ikke, eller den er brugt før. Prøv en anden.", "The recovery code is not right, or it has been used before. Try another.";
        recovery_button: "Log ind med nødkode", "Sign in with a recovery code";
        neither: "Har du hverken telefon eller nødkoder, så skriv til dem, der driver portalen:", "If you have neither phone nor recovery codes, write to those who run the portal:";
        give_up: "Fortryd login", "Cancel signing in";
    }
}
