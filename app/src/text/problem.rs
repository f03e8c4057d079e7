//! What is said when something is not there or does not work.

texts! {
    /// Error pages: what happened, and a way on.
    Problem {
        not_found_title: "Siden findes ikke", "Page not found";
        not_found_lead: "Adressen er måske skrevet forkert, eller også er siden taget af. Søg efter det, du ledte efter:",
            "The address may be mistyped, or the page has been taken down. Search for what you were looking for:";
        unavailable_title: "Vi kan ikke vise siden lige nu", "We cannot show the page just now";
        unavailable_lead: "Noget gik galt hos os. Prøv igen om et øjeblik – det, du har gemt, er ikke gået tabt.",
            "Something went wrong on our side. Try again in a moment – nothing you saved is lost.";
        try_again: "Prøv igen", "Try again";
        ways_on: "Eller gå videre her", "Or go on from here";
        search_label: "Hvad leder du efter?", "What are you looking for?";
        search_button: "Søg", "Search";
    }
}
