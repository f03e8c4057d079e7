//! Texts of every page.

texts! {
    /// Texts of every page: header, footer, the facts of a row.
    Common {
        portal: "Anker", "Anker";
        portal_promise: "Det, skoler og kulturen lærer af at arbejde sammen – holdt i live og nemt at finde.",
            "What schools and culture learn from working together – kept alive and easy to find.";
        skip_to_content: "Spring til indholdet", "Skip to content";
        main_navigation: "Hovedmenu", "Main menu";
        find_offer: "Find et forløb", "Find a programme";
        experiences: "Erfaringer", "Experiences";
        recommendations: "Anbefalinger", "Recommendations";
        strategies: "Forankring", "Anchoring";
        roles: "Roller", "Roles";
        mapping: "Kortlægning", "The mapping";
        map: "Kort", "Map";
        my_list: "Min liste", "My list";
        municipalities: "Kommuner", "Municipalities";
        about: "Om Anker", "About Anker";
        privacy: "Privatliv", "Privacy";
        accessibility: "Tilgængelighedserklæring", "Accessibility statement";
        api: "For udviklere", "For developers";
        footer_find: "Find", "Find";
        footer_learn: "Lær af andre", "Learn from others";
        footer_portal: "Portalen", "The portal";
        other_language: "English", "Dansk";
        other_language_hint: "This page in English", "Denne side på dansk";
        my_municipality: "Min kommune", "My municipality";
        no_municipality: "Ingen valgt", "None chosen";
        choose_municipality: "Vælg kommune", "Choose municipality";
        municipality_why: "Så viser vi først det, der er nær jer, og siger, hvad der er gratis for kommunens skoler. Valget bliver i din browser.",
            "Then what is near you comes first, and we say what is free for the municipality’s schools. The choice stays in your browser.";
        save_choice: "Gem valget", "Save choice";
        breadcrumbs: "Du er her", "You are here";
        front_page: "Forside", "Front page";
        sample_notice: "Eksempelindhold: hentet fra offentlige sider og fortalt med egne ord. Tilbud kan være ophørt – se kilden.",
            "Sample content: taken from public pages and told in our own words. Offers may have ended – see the source.";

        provider: "Udbyder", "Provider";
        place: "Sted", "Place";
        audience: "Målgruppe", "For";
        subjects: "Fag", "Subjects";
        duration: "Varighed", "Duration";
        price: "Pris", "Price";
        distance: "Afstand", "Distance";
        free: "Gratis", "Free";
        free_for_us: "Gratis for os", "Free for us";
        free_for_some: "gratis for nogle kommuner", "free for some municipalities";
        per_class: "pr. klasse", "per class";
        per_pupil: "pr. elev", "per pupil";
        price_varies: "Prisen varierer", "Price varies";
        not_open_to_us(municipality: &str): format!("Ikke åbent for skoler i {municipality}"),
            format!("Not open to schools in {municipality}");
        nationwide: "Hele landet", "Nationwide";
        distance_away(distance: &str): format!("{distance} væk"), format!("{distance} away");

        kind_offer: "Forløb", "Programme";
        kind_case: "Erfaring", "Experience";
        kind_strategy: "Forankringsstrategi", "Anchoring strategy";
        kind_role: "Rolle", "Role";
        kind_recommendation: "Anbefaling", "Recommendation";
        kind_organisation: "Organisation", "Organisation";
        kinds_offer: "Forløb", "Programmes";
        kinds_organisation: "Organisationer", "Organisations";

        save: "Gem på min liste", "Save to my list";
        saved: "Gemt på min liste", "Saved to my list";
        saved_said(title: &str): format!("«{title}» er gemt på din liste."), format!("“{title}” is saved to your list.");
        removed_said(title: &str): format!("«{title}» er fjernet fra din liste."),
            format!("“{title}” is removed from your list.");
    }
}
