//! Texts of the page of a case.

texts! {
    /// The page of a case.
    Case {
        in_short: "Kort fortalt", "In short";
        period: "Periode", "Period";
        funding: "Økonomi", "Funding";
        success: "Lykkedes det?", "Did it succeed?";
        sharing: "Videndeling", "Knowledge sharing";
        role_clarity: "Var rollerne klare?", "Were the roles clear?";
        from_month(month: &str): format!("Fra {month}"), format!("From {month}");
        to_month(month: &str): format!("Til {month}"), format!("Until {month}");

        registered: "Registreret fra en offentlig kilde", "Registered from a public source";
        registered_why: "Erfaringen er skrevet ud fra det, der står hos kilden, og ikke af parterne selv.",
            "The experience is written from what the source says, and not by the partners themselves.";
        missing_partners(kinds: &str): format!("Kilden nævner ikke {kinds} ved navn."), format!("The source does not name {kinds}.");
        missing_municipality: "nogen kommune", "any municipality";
        missing_school: "nogen skole", "any school";
        missing_institution: "nogen institution", "any institution";
        or: "eller", "or";

        partners: "Hvem var med?", "Who took part?";
        diagram_label(count: u64, kinds: &str): format!("{count} {} om projektet: {kinds}.", if count == 1 { "part" } else { "parter" }),
            format!("{count} {} around the project: {kinds}.", if count == 1 { "partner" } else { "partners" });
        diagram_contact(name: &str): format!("Kontaktperson: {name}."), format!("Contact person: {name}.");
        contact_person: "Kontaktperson", "Contact person";
        schools(count: u64): if count == 1 { String::from("1 skole") } else { format!("{count} skoler") },
            if count == 1 { String::from("1 school") } else { format!("{count} schools") };
        municipalities(count: u64): if count == 1 { String::from("1 kommune") } else { format!("{count} kommuner") },
            if count == 1 { String::from("1 municipality") } else { format!("{count} municipalities") };
        institutions(count: u64): if count == 1 { String::from("1 institution") } else { format!("{count} institutioner") },
            if count == 1 { String::from("1 institution") } else { format!("{count} institutions") };
        learning_centres(count: u64): format!("{count} PLC"), if count == 1 { String::from("1 learning centre") } else { format!("{count} learning centres") };
        transport_providers(count: u64): if count == 1 { String::from("1 transportaktør") } else { format!("{count} transportaktører") },
            if count == 1 { String::from("1 transport provider") } else { format!("{count} transport providers") };

        matrix: "Hvem gjorde hvad?", "Who did what?";
        matrix_caption: "Opgaver, og hvor meget hver part var med", "Tasks, and how much each partner took part";
        task: "Opgave", "Task";
        no_matrix: "Her er ikke skrevet, hvem der gjorde hvad.", "It is not written here who did what.";
        no_task_for(names: &str): format!("Ingen opgaver er beskrevet for {names}."), format!("No tasks are described for {names}.");
        see_roles: "Læs om rollerne i et samarbejde", "Read about the roles of a collaboration";

        story: "Det skete der", "What happened";
        why_and_outcome: "Motivation, udbytte og udfordringer", "Motivation, outcome and challenges";
        motivations: "Motivation", "Motivation";
        outcomes: "Udbytte", "Outcome";
        challenges: "Udfordringer", "Challenges";
        item: "Hvad", "What";
        degree: "Hvor meget", "How much";

        worked: "Det virkede", "What worked";
        did_not: "Det virkede ikke", "What did not";
        nothing_worked: "Her er ikke skrevet, hvad der virkede.", "It is not written here what worked.";
        nothing_failed: "Her er ikke skrevet, hvad der ikke virkede.", "It is not written here what did not work.";
        lessons: "Hvad virkede, og hvad gjorde ikke?", "What worked, and what did not?";

        advice: "Råd til andre", "Advice to others";
        advice_to(audience: &str): format!("Til {audience}"), format!("To {audience}");
        offers: "Forløb, der kom ud af det", "Programmes that came of it";
        no_offers: "Der er ikke lagt forløb fra dette samarbejde i portalen.", "No programmes from this collaboration are in the portal.";
        recommendations: "Anbefalinger, der bygger på erfaringen", "Recommendations that rest on the experience";
        no_anchoring: "Her er ikke skrevet, hvordan resultatet holdes i live.", "It is not written here how the result is kept alive.";
        see_strategies: "Se måder at forankre på", "See ways of anchoring";
        updated(date: &str): format!("Sidst ændret {date}"), format!("Last changed {date}");
    }
}
