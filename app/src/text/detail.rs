//! Texts that the pages about one object share.

texts! {
    /// What the pages about one object share.
    Detail {
        written_in_danish: "", "The text is written in Danish by those who published it.";
        sample_editorial: "Eksempelindhold: skrevet ud fra kortlægningen fra 2016 og andre offentlige kilder.",
            "Sample content: written from the mapping of 2016 and other public sources.";
        source_at(host: &str): format!("Kilde: {host}"), format!("Source: {host}");
        related_offers: "Relaterede forløb", "Related programmes";
        related_cases: "Relaterede erfaringer", "Related experiences";
        see_all(count: u64): format!("Se alle {count}"), format!("See all {count}");
        contact: "Kontakt", "Contact";
        write_to: "Skriv til", "Write to";
        call: "Ring på", "Call";
        website: "Hjemmeside", "Website";
        address: "Adresse", "Address";
        share_by_mail: "Send med mail", "Send by e-mail";
        print: "Print", "Print";
        copy_link: "Kopiér linket", "Copy the link";
        copied: "Linket er kopieret.", "The link is copied.";
        calendar: "Læg i kalender (.ics)", "Add to calendar (.ics)";
        not_stated: "Ikke oplyst", "Not stated";
        themes: "Temaer", "Themes";
        anchoring: "Sådan holdes det i live", "How it is kept alive";
        anchoring_owner(name: &str): format!("{name} har ansvaret"), format!("{name} is responsible");
        next_review(date: &str): format!("Næste gennemgang: {date}"), format!("Next review: {date}");
        review_overdue(date: &str): format!("Aftalt gennemgang {date} er ikke meldt udført"), format!("The review agreed for {date} is not reported done");
        changes: "Hvad er ændret", "What has changed";
        status_unknown: "Status ikke oplyst", "Status not stated";
    }
}
