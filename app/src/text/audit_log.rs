//! Texts of the log of who did what when.

texts! {
    /// Who did what when.
    AuditLog {
        title: "Log", "Log";
        lead: "Her står, hvem der gjorde hvad og hvornår. Loggen gemmes i to år; slettede konti står uden navn.",
            "This is who did what and when. The log is kept for two years; deleted accounts are shown without a name.";
        words: "Navn, e-mail, titel eller ord", "Name, e-mail, title or word";
        about: "Om", "About";
        everything: "Alt", "Everything";
        from: "Fra og med", "From";
        until: "Til og med", "Until";
        wrong_day: "Skriv dagen som år-måned-dag, 2026-11-30.", "Write the day as year-month-day, 2026-11-30.";
        search: "Søg i loggen", "Search the log";
        nothing: "Ingen linjer i loggen passer.", "No lines of the log fit.";
        looked_until(moment: &str): format!("Der er søgt tilbage til {moment}."), format!("The search went back to {moment}.");
        look_on: "Søg længere tilbage", "Search further back";
        older: "Ældre linjer", "Older lines";
        newest: "Til de nyeste", "To the newest";
        when: "Hvornår", "When";
        who: "Hvem", "Who";
        what: "Hvad", "What";
        to_what: "Hvilket", "Which";
        token(name: &str): format!("Adgangsnøglen {name}"), format!("The token {name}");
        command_line: "Kommandolinjen", "The command line";
        portal: "Portalen", "The portal";
        button: "Se loggen", "See the log";
        on_overview: "Se, hvem der gjorde hvad og hvornår.", "See who did what and when.";
    }
}
