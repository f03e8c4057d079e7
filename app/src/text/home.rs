//! Texts of the front page.

texts! {
    /// The front page.
    Home {
        title: "Anker", "Anker";
        heading: "Find noget, klassen kan lære af ude i verden", "Find something out in the world for your class to learn from";
        description: "Undervisningsforløb fra museer, naturskoler og foreninger – og erfaringer, roller og anbefalinger fra dem, der har prøvet at arbejde sammen.",
            "Programmes from museums, nature schools and associations – and experiences, roles and recommendations from those who have tried working together.";
        sentence_teach: "Jeg underviser", "I teach";
        sentence_in: "i", "in";
        sentence_near: "nær", "near";
        sentence_looking: "og leder efter", "and am looking for";
        grade_label: "Klassetrin", "Grade";
        subject_label: "Fag", "Subject";
        near_label: "Kommune", "Municipality";
        words_label: "Hvad leder du efter?", "What are you looking for?";
        any_grade: "en klasse", "a class";
        any_subject: "et hvilket som helst fag", "any subject";
        any_place: "hele landet", "anywhere in Denmark";
        words_example: "fx vandhul, besættelsen, teater", "e.g. ponds, the occupation, theatre";
        search_button: "Find forløb", "Find programmes";

        doors: "Veje ind", "Ways in";
        door_offers: "Find et forløb", "Find a programme";
        door_offers_lead: "Forløb fra museer, naturskoler og foreninger. Filtrér på fag, klassetrin, pris og afstand.",
            "Programmes from museums, nature schools and associations. Filter by subject, grade, price and distance.";
        door_cases: "Lær af andres erfaringer", "Learn from others’ experience";
        door_cases_lead: "Samarbejder mellem skole, kommune og kultur: Hvem gjorde hvad, hvad virkede, og hvad var svært?",
            "Collaborations between school, municipality and culture: who did what, what worked, and what was hard?";
        door_municipality: "Se din kommune", "See your municipality";
        door_municipality_lead: "Forløb, erfaringer og steder, der ligger tæt på jer.",
            "Programmes, experiences and places that are close to you.";
        door_municipality_named(name: &str): format!("Se {name}"), format!("See {name}");

        new_near(name: &str): format!("Nyt nær {name}"), format!("New near {name}");
        new_everywhere: "Nyt i portalen", "New in the portal";
        choose_for_near: "Vælg din kommune øverst, så viser vi det, der er tæt på jer.",
            "Choose your municipality at the top, and we show what is close to you.";
        see_all_new: "Se alle nye forløb", "See all new programmes";
        nothing_new: "Der er ingen forløb i portalen endnu. Når den første udbyder lægger et ind, står det her.",
            "There are no programmes in the portal yet. When the first provider adds one, it appears here.";

        recommendation: "En anbefaling", "A recommendation";
        figure_of(number: &str): format!("{number} svar"), format!("{number} answers");
        see_recommendations: "Se alle anbefalinger", "See all recommendations";
    }
}
