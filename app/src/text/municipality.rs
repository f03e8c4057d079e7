//! Texts of the pages of municipalities.

texts! {
    /// The list of municipalities and the page of one.
    Municipality {
        all_title: "Kommuner", "Municipalities";
        all_lead: "Find din kommune, og se forløb, erfaringer og steder, der ligger dér.",
            "Find your municipality, and see programmes, experiences and places there.";
        all_description: "De 98 kommuner med deres forløb, erfaringer, kulturinstitutioner og skoler.",
            "The 98 municipalities with their programmes, experiences, cultural institutions and schools.";
        letters: "Bogstaver", "Letters";
        see_map: "Se dem på kortet", "See them on the map";
        title(name: &str): format!("{name} Kommune"), format!("{name} Municipality");
        lead(name: &str): format!("Det, der foregår i {name}, og det, skolerne dér kan bruge."),
            format!("What goes on in {name}, and what its schools can use.");
        description(name: &str): format!("Forløb, erfaringer, kulturinstitutioner og skoler i {name} Kommune."),
            format!("Programmes, experiences, cultural institutions and schools in {name} Municipality.");
        find_near(name: &str): format!("Find forløb tæt på {name}"), format!("Find programmes near {name}");
        choose: "Gør til min kommune", "Make it my municipality";
        chosen: "Det er din kommune.", "This is your municipality.";
        offers: "Forløb", "Programmes";
        free_for_us: "Gratis for skolerne", "Free for its schools";
        cases: "Erfaringer", "Experiences";
        institutions: "Kulturinstitutioner og andre læringsmiljøer", "Cultural institutions and other learning environments";
        schools: "Skoler", "Schools";
        learning_centres: "PLC", "Learning centres";
        transport: "Transport", "Transport";
        municipal: "Kommunen selv", "The municipality itself";
        offers_in(name: &str): format!("Forløb i {name}"), format!("Programmes in {name}");
        cases_in(name: &str): format!("Erfaringer fra {name}"), format!("Experiences from {name}");
        no_offers(name: &str): format!("Der er ingen forløb i {name} i portalen endnu."), format!("There are no programmes in {name} in the portal yet.");
        no_offers_way: "Se, hvad der ligger tættest på:", "See what is closest:";
        no_cases(name: &str): format!("Ingen i {name} har delt en erfaring her endnu."), format!("Nobody in {name} has shared an experience here yet.");
        no_cases_way: "Læs om samarbejder i andre kommuner", "Read about collaborations in other municipalities";
        no_organisations(name: &str): format!("Portalen kender endnu ingen skoler eller institutioner i {name}."),
            format!("The portal does not yet know any schools or institutions in {name}.");
        in_numbers: "I tal", "In numbers";
        more_organisations(count: u64): format!("Se alle {count} organisationer"), format!("See all {count} organisations");
        offers_short(count: u64): format!("{count} forløb"), if count == 1 { String::from("1 programme") } else { format!("{count} programmes") };
    }
}
