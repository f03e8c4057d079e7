//! Texts of search and map.

use domain::Language;

fn plural<'text>(count: u64, one: &'text str, many: &'text str) -> &'text str {
    if count == 1 { one } else { many }
}

fn shown(count: u64, language: Language) -> String {
    crate::format::number(count, language)
}

texts! {
    /// Search and map.
    Search {
        title_offers: "Find et forløb", "Find a programme";
        title_cases: "Erfaringer fra samarbejder", "Experiences from collaborations";
        title_recommendations: "Anbefalinger, strategier og roller", "Recommendations, strategies and roles";
        title_organisations: "Organisationer", "Organisations";
        title_words(words: &str): format!("«{words}»"), format!("“{words}”");
        title_page(page: u32): format!("side {page}"), format!("page {page}");
        description_offers: "Søg blandt undervisningsforløb på fag, klassetrin, sted, pris og afstand.",
            "Search teaching programmes by subject, grade, place, price and distance.";
        description_cases: "Søg blandt erfaringer fra samarbejder mellem skole, kommune og kulturinstitution.",
            "Search experiences from collaborations between school, municipality and cultural institution.";
        description_recommendations: "Søg blandt anbefalinger, forankringsstrategier og roller i samarbejdsprojekter.",
            "Search recommendations, anchoring strategies and roles in collaboration projects.";
        description_organisations: "Søg blandt udbydere, skoler, kommuner og institutioner.",
            "Search providers, schools, municipalities and institutions.";

        words: "Søg", "Search";
        words_hint: "Skriv, som du ville sige det – fx «dyr i vandhullet 5. klasse».",
            "Write it as you would say it – for instance “animals in the pond grade 5”.";
        button: "Søg", "Search";
        suggestions_label: "Forslag", "Suggestions";
        suggestions_announced: "# forslag. Brug pil ned for at vælge.", "# suggestions. Use the down arrow to choose.";

        tabs: "Hvad vil du finde?", "What do you want to find?";
        tab_offers: "Forløb", "Programmes";
        tab_cases: "Erfaringer", "Experiences";
        tab_recommendations: "Anbefalinger", "Recommendations";
        tab_organisations: "Organisationer", "Organisations";

        filters: "Filtre", "Filters";
        all_filters: "Alle filtre", "All filters";
        all_filters_chosen(count: u64): format!("Alle filtre ({count})"), format!("All filters ({count})");
        close_filters: "Luk filtre", "Close filters";
        show_results: "Vis resultater", "Show results";
        reset: "Nulstil filtre", "Reset filters";
        narrow(facet: &str): format!("Find i {facet}"), format!("Find in {facet}");
        show_all(count: u64): format!("Vis alle {count}"), format!("Show all {count}");

        facet_kind: "Slags", "Kind";
        facet_subject: "Fag", "Subject";
        facet_grade: "Klassetrin", "Grade";
        facet_level: "Andre trin", "Other levels";
        facet_theme: "Tema", "Theme";
        facet_municipality: "Kommune", "Municipality";
        facet_provider: "Udbyder", "Provider";
        facet_place: "Sted", "Place";
        facet_price: "Pris", "Price";
        facet_language: "Sprog", "Language";
        facet_strategy: "Forankring", "Anchoring";
        facet_task: "Opgaver", "Tasks";
        facet_challenge: "Udfordringer", "Challenges";
        facet_motivation: "Motivation", "Motivation";
        facet_outcome: "Udbytte", "Outcome";
        facet_audience: "For", "For";
        facet_partner_kind: "Samarbejdspartner", "Partner";

        near: "Nær", "Near";
        near_anywhere: "Hele landet", "Anywhere in Denmark";
        within: "Højst", "At most";
        within_any: "Uanset afstand", "Any distance";
        within_km(distance: &str): format!("{distance} km væk"), format!("{distance} km away");
        near_here: "Nær et punkt", "Near a point";

        chosen: "Dit valg", "Your choices";
        remove(what: &str): format!("Fjern {what}"), format!("Remove {what}");
        understood(words: &str, meaning: &str): format!("«{words}» læst som {meaning}"),
            format!("“{words}” read as {meaning}");
        understood_as_said(words: &str): format!("{words} – læst i dine ord"), format!("{words} – read in your words");
        undo(words: &str): format!("Søg på «{words}» som ord i stedet"), format!("Search for “{words}” as words instead");
        chip_near(name: &str): format!("Nær {name}"), format!("Near {name}");
        chip_within(distance: &str): format!("Højst {distance} km væk"), format!("At most {distance} km away");

        count_offers(count: u64): format!("Viser {} {}", shown(count, Language::Danish), "forløb"),
            format!("Showing {} {}", shown(count, Language::English), plural(count, "programme", "programmes"));
        count_cases(count: u64): format!("Viser {} {}", shown(count, Language::Danish), plural(count, "erfaring", "erfaringer")),
            format!("Showing {} {}", shown(count, Language::English), plural(count, "experience", "experiences"));
        count_recommendations(count: u64): format!("Viser {} {}", shown(count, Language::Danish), plural(count, "anbefaling", "anbefalinger, strategier og roller")),
            format!("Showing {} {}", shown(count, Language::English), plural(count, "recommendation", "recommendations, strategies and roles"));
        count_organisations(count: u64): format!("Viser {} {}", shown(count, Language::Danish), plural(count, "organisation", "organisationer")),
            format!("Showing {} {}", shown(count, Language::English), plural(count, "organisation", "organisations"));
        count_any(count: u64): format!("Viser {} {}", shown(count, Language::Danish), plural(count, "resultat", "resultater")),
            format!("Showing {} {}", shown(count, Language::English), plural(count, "result", "results"));
        page_of(page: u64, pages: u64): format!("side {page} af {pages}"), format!("page {page} of {pages}");

        sort: "Sortér efter", "Sort by";
        sort_relevance: "Mest relevante", "Most relevant";
        sort_newest: "Nyeste", "Newest";
        sort_title: "Alfabetisk", "Alphabetical";
        sort_distance: "Afstand", "Distance";
        apply: "Brug", "Apply";
        view_map: "Vis på kort", "Show on map";
        view_list: "Vis som liste", "Show as list";

        did_you_mean: "Mente du", "Did you mean";
        ignored: "Noget i adressen blev ikke forstået og er ladt ude:", "Something in the address was not understood and has been left out:";
        ignored_line(parameter: &str, value: &str, reason: &str): format!("{parameter}={value}: {reason}"), format!("{parameter}={value}: {reason}");

        none_title: "Ingen resultater", "No results";
        none_ways: "Prøv at lade noget ude:", "Try leaving something out:";
        none_drop_words(count: u64): format!("Søg uden ordene – {} resultater", shown(count, Language::Danish)),
            format!("Search without the words – {} results", shown(count, Language::English));
        none_drop_distance(count: u64): format!("Søg uanset afstand – {} resultater", shown(count, Language::Danish)),
            format!("Search at any distance – {} results", shown(count, Language::English));
        none_drop(facet: &str, count: u64): format!("Drop filteret «{facet}» – {} resultater", shown(count, Language::Danish)),
            format!("Drop the filter “{facet}” – {} results", shown(count, Language::English));
        none_elsewhere: "Eller kig her:", "Or look here:";
        none_in_tab(tab: &str, count: u64): format!("{tab}: {}", shown(count, Language::Danish)),
            format!("{tab}: {}", shown(count, Language::English));
        none_start_over: "Begynd forfra uden filtre", "Start over without filters";
        none_beyond: "Der er ikke så mange sider.", "There are not that many pages.";
        first_page: "Gå til den første side", "Go to the first page";

        pages: "Sider", "Pages";
        previous: "Forrige", "Previous";
        next: "Næste", "Next";
        go_to_page(page: u64): format!("Side {page}"), format!("Page {page}");
        follow: "Følg søgningen", "Follow this search";
        feed: "Atom-feed", "Atom feed";
        json: "Som JSON", "As JSON";
        feed_title(title: &str): format!("Anker: {title}"), format!("Anker: {title}");

        map_title: "Kort over Danmark", "Map of Denmark";
        map_description: "Hvor i landet ligger forløbene og erfaringerne? Én prik pr. kommune.",
            "Where in the country are the programmes and experiences? One dot per municipality.";
        map_lead: "Én prik er en kommune. Jo større prik, jo flere resultater. Vælg en prik for at se dem.",
            "One dot is a municipality. The larger the dot, the more results. Choose a dot to see them.";
        map_keys: "Med tastaturet: Gå til en prik med tabulator, og flyt med piletasterne.",
            "With the keyboard: go to a dot with the Tab key, and move with the arrow keys.";
        map_of(what: &str): format!("Kort: {what}"), format!("Map: {what}");
        map_table: "Kortet som tabel", "The map as a table";
        map_municipality: "Kommune", "Municipality";
        map_count: "Antal", "Number";
        map_dot(name: &str, count: u64): format!("{name}: {}", shown(count, Language::Danish)),
            format!("{name}: {}", shown(count, Language::English));
        map_elsewhere(count: u64): format!("{} resultater har intet sted og er ikke på kortet.", shown(count, Language::Danish)),
            format!("{} results have no place and are not on the map.", shown(count, Language::English));
        map_none: "Ingen resultater at vise på kortet.", "No results to show on the map.";
        map_source: "Prikkerne står ved kommunernes hovedbyer. Kystlinje: Natural Earth.", "The dots stand at the municipalities’ main towns. Coastline: Natural Earth.";
    }
}
