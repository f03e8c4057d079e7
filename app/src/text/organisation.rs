//! Texts of the page of an organisation.

texts! {
    /// The page of an organisation.
    Organisation {
        facts: "Hvem og hvor", "Who and where";
        kind: "Slags", "Kind";
        municipality: "Kommune", "Municipality";
        nationwide: "Hele landet", "Nationwide";
        offers: "Forløb", "Programmes";
        offers_of(name: &str): format!("Forløb hos {name}"), format!("Programmes at {name}");
        no_offers: "Der er ingen forløb fra organisationen i portalen.", "There are no programmes from the organisation in the portal.";
        cases: "Samarbejder, de har været med i", "Collaborations they took part in";
        no_cases: "Organisationen er ikke nævnt i nogen erfaringer endnu.", "The organisation is not named in any experience yet.";
        was_contact: "Kontaktperson for projektet", "Contact person of the project";
        their_part: "Deres del", "Their part";
        no_tasks: "Deres opgaver er ikke beskrevet", "Their tasks are not described";
        no_contact: "Vi kender ingen kontaktoplysninger. Spørg kommunen, eller søg på navnet.",
            "We know no contact details. Ask the municipality, or search for the name.";
        description(name: &str, kind: &str): format!("{name}: {kind}. Forløb, samarbejder og kontakt."),
            format!("{name}: {kind}. Programmes, collaborations and contact.");
        similar: "Organisationer, der ligner", "Similar organisations";
    }
}
