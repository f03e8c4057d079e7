//! Texts of the saved list.

texts! {
    /// The saved list.
    List {
        title: "Min liste", "My list";
        description: "De forløb, du har gemt: i din egen rækkefølge, til at dele, printe og tage med.",
            "The programmes you have saved: in your own order, to share, print and take along.";
        lead: "Listen ligger i din browser. Du behøver ingen konto, og vi gemmer den ikke.",
            "The list lives in your browser. You need no account, and we do not keep it.";
        count(count: u64): format!("{count} {}", "forløb"),
            format!("{count} {}", if count == 1 { "programme" } else { "programmes" });
        shared_title: "En delt liste", "A shared list";
        shared_lead: "Nogen har delt denne liste med dig.", "Somebody has shared this list with you.";
        save_all: "Gem alle på min liste", "Save all to my list";
        empty: "Du har ikke gemt noget endnu.", "You have not saved anything yet.";
        empty_lead: "Find et forløb, og vælg «Gem på min liste». Så ligger det her, næste gang du kommer – i denne browser.",
            "Find a programme and choose “Save to my list”. Then it is here the next time you come – in this browser.";
        find: "Find et forløb", "Find a programme";
        missing(count: u64): if count == 1 { String::from("1 forløb på listen findes ikke længere i portalen.") } else { format!("{count} forløb på listen findes ikke længere i portalen.") },
            if count == 1 { String::from("1 programme on the list is no longer in the portal.") } else { format!("{count} programmes on the list are no longer in the portal.") };
        full: "Listen er fuld. Fjern noget for at gemme mere.", "The list is full. Remove something to save more.";
        move_up: "Flyt op", "Move up";
        move_down: "Flyt ned", "Move down";
        remove: "Fjern", "Remove";
        clear: "Tøm listen", "Empty the list";
        note: "Mine noter", "My notes";
        note_hint: "Kun for dig: ligger i denne browser og følger ikke med, når du deler listen.",
            "Only for you: it is in this browser and does not go along when you share the list.";
        note_full: "Noten kunne ikke gemmes: Browserens plads er brugt.", "The note could not be kept: the browser’s storage is full.";
        notes_without_script: "Uden JavaScript husker browseren ikke dine noter. Skriv dem, og hent regnearket: Så står de i filen.",
            "Without JavaScript the browser does not remember your notes. Write them and download the spreadsheet: then they are in the file.";
        take: "Del og tag med", "Share and take along";
        link_label: "Link til listen", "Link to the list";
        copy: "Kopiér linket", "Copy the link";
        copied: "Linket er kopieret.", "The link is copied.";
        print: "Print", "Print";
        csv: "Hent som regneark (CSV)", "Download as spreadsheet (CSV)";
        csv_with_notes: "Regneark med noter (CSV)", "Spreadsheet with notes (CSV)";
        calendar: "Hent som kalenderfil (.ics)", "Download as calendar file (.ics)";
        updated(count: u64): format!("Listen har nu {count} forløb."), format!("The list now has {count} {}.", if count == 1 { "programme" } else { "programmes" });
    }
}
