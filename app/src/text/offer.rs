//! Texts of the page of an offer.

texts! {
    /// The page of an offer.
    Offer {
        fits: "Passer det til min klasse?", "Does it suit my class?";
        at_most(pupils: &str): format!("Højst {pupils} elever"), format!("At most {pupils} pupils");
        pupils: "Antal", "Pupils";
        period: "Periode", "Period";
        languages: "Sprog", "Language";
        open_to: "Åbent for", "Open to";
        open_to_schools_in(municipalities: &str): format!("Skoler i {municipalities}"), format!("Schools in {municipalities}");
        open_to_yours(municipality: &str): format!("Skoler i {municipality} kan bruge det"), format!("Schools in {municipality} can use it");
        as_the_crow_flies(distance: &str, place: &str): format!("Cirka {distance} fra {place} i luftlinje"),
            format!("About {distance} from {place} as the crow flies");
        free_for_schools_in(municipalities: &str): format!("Gratis for skoler i {municipalities}"),
            format!("Free for schools in {municipalities}");
        choose_municipality: "Vælg din kommune øverst, så siger vi, hvad det koster for jer, og hvor langt der er.",
            "Choose your municipality at the top, and we say what it costs you and how far it is.";
        from_day(date: &str): format!("Fra {date}"), format!("From {date}");
        to_day(date: &str): format!("Til {date}"), format!("Until {date}");
        from_to(from: &str, to: &str): format!("{from} – {to}"), format!("{from} – {to}");
        period_over(date: &str): format!("Perioden sluttede {date}. Spørg udbyderen, om forløbet kommer igen."),
            format!("The period ended on {date}. Ask the provider whether the programme returns.");
        ask_provider: "Kontakt udbyder", "Contact the provider";

        not_written(facts: &str): format!("Udbyderen har ikke skrevet {facts}. Spørg, før du planlægger."),
            format!("The provider has not stated {facts}. Ask before you plan.");
        missing_grades: "klassetrin", "grades";
        missing_subjects: "fag", "subjects";
        missing_duration: "varighed", "duration";
        missing_pupils: "antal elever", "number of pupils";
        missing_price: "pris", "price";
        missing_place: "sted", "place";
        missing_period: "periode", "period";
        and: "og", "and";

        what_happens: "Det sker der", "What happens";
        no_description: "Udbyderen har ikke skrevet mere om forløbet end det, der står øverst.",
            "The provider has written no more about the programme than what is at the top.";
        goals: "Formål", "Learning goals";
        before: "Forberedelse", "Preparation";
        during: "Aktiviteter", "Activities";
        after: "Efterbehandling", "Follow-up";
        materials: "Før, under og efter", "Before, during and after";
        no_materials: "Udbyderen har ikke skrevet, hvordan klassen kan forberede sig eller arbejde videre bagefter.",
            "The provider has not written how the class can prepare or go on working afterwards.";
        journey: "Turen derhen", "The journey there";
        journey_time(duration: &str): format!("Turen tager cirka {duration}."), format!("The journey takes about {duration}.");
        on_the_way: "På vejen", "On the way";
        no_activities: "Har I en time i bussen, kan undervisningen begynde dér. Se, hvad andre har gjort:",
            "An hour on the bus can be where the teaching begins. See what others have done:";
        see_journey_advice: "Brug turen som læring", "Use the journey as learning";
        accessibility: "Tilgængelighed på stedet", "Accessibility at the place";

        alive: "Er det i live?", "Is it alive?";
        alive_confirmed: "Holdt i live", "Kept alive";
        alive_unknown: "Ikke bekræftet", "Not confirmed";
        alive_overdue: "Gennemgang mangler", "Review overdue";
        alive_lapsed: "Måske ophørt", "May have ended";
        alive_confirmed_why: "Nogen har ansvaret for forløbet og ser det efter.",
            "Somebody is responsible for the programme and looks it over.";
        alive_recent_why: "Indholdet er ændret inden for det seneste år.",
            "The content was changed within the last year.";
        alive_unknown_why: "Vi ved ikke, hvornår forløbet sidst er set efter. Se kilden, eller spørg udbyderen.",
            "We do not know when the programme was last looked over. See the source, or ask the provider.";
        alive_overdue_why: "Den aftalte dato for gennemgang er passeret. Spørg udbyderen, før du planlægger.",
            "The date agreed for a review has passed. Ask the provider before you plan.";
        alive_lapsed_why: "Det, der skulle holde forløbet i live, er ophørt. Spørg udbyderen, før du planlægger.",
            "What was to keep the programme alive has ended. Ask the provider before you plan.";
        changed(date: &str): format!("Indholdet er sidst ændret {date}."), format!("The content was last changed on {date}.");
        change_unknown: "Udbyderen har ikke skrevet, hvornår indholdet sidst er ændret.",
            "The provider has not stated when the content was last changed.";
        in_portal_since(date: &str): format!("Sådan har det stået i portalen siden {date}."),
            format!("It has stood like this in the portal since {date}.");

        experiences: "Erfaringer med forløbet", "Experiences with the programme";
        no_experiences: "Ingen har skrevet om et samarbejde bag forløbet endnu. Her kan du se erfaringer fra andre:",
            "Nobody has written about a collaboration behind the programme yet. Here are experiences from others:";
        see_experiences: "Se alle erfaringer", "See all experiences";
        no_contact: "Udbyderen har ikke skrevet kontaktoplysninger her.", "The provider has not given contact details here.";
        mail_subject(title: &str): format!("Om forløbet «{title}»"), format!("About the programme “{title}”");
        more_from(name: &str): format!("Mere fra {name}"), format!("More from {name}");
    }
}
