//! Texts about keeping content alive: whether it is confirmed, and the page that confirms it from a letter.

use super::Text;

texts! {
    /// Keeping content alive.
    Upkeep {
        confirmed_on(date: &str): format!("Sidst bekræftet {date}"), format!("Last confirmed {date}");
        was_due(date: &str): format!("Skulle have været bekræftet {date}"), format!("Should have been confirmed by {date}");
        case_confirmed: "Dem, der står bag erfaringen, har sagt, at den passer.",
            "Those behind the experience have said that it holds.";
        case_unconfirmed: "Ingen har set erfaringen efter til tiden. Spørg partnerne, før du bygger på den.",
            "Nobody has looked the experience over in time. Ask the partners before you build on it.";
        case_lapsed: "Ingen har set erfaringen efter i lang tid, og den står ikke længere i den almindelige søgning.",
            "Nobody has looked the experience over for a long time, and it is no longer in the ordinary search.";
        offer_unconfirmed: "Ingen har set forløbet efter til tiden. Spørg udbyderen, før du planlægger.",
            "Nobody has looked the programme over in time. Ask the provider before you plan.";
        offer_lapsed: "Ingen har set forløbet efter i lang tid, og det står ikke længere i den almindelige søgning. Spørg udbyderen, før du planlægger.",
            "Nobody has looked the programme over for a long time, and it is no longer in the ordinary search. Ask the provider before you plan.";

        left_out(count: u64): if count == 1 { "Ét er udeladt, fordi ingen har bekræftet det i lang tid.".to_owned() } else { format!("{count} er udeladt, fordi ingen har bekræftet dem i lang tid.") },
            if count == 1 { "One is left out because nobody has confirmed it for a long time.".to_owned() } else { format!("{count} are left out because nobody has confirmed them for a long time.") };
        show_left_out: "Vis også dem, ingen har bekræftet", "Show those that nobody has confirmed, too";
        with_left_out: "Også dem, ingen har bekræftet", "Those nobody has confirmed, too";

        needs_a_look: "Trænger til et blik", "Needs a look";
        everything: "Alt, hvad I har skrevet og udgivet", "Everything you have written and published";
        due_on(date: &str): format!("Skal bekræftes senest {date}"), format!("To be confirmed by {date}");
        anchoring_of(strategy: &str): format!("Forankring: {strategy}"), format!("Anchoring: {strategy}");
        confirm: "Det passer stadig", "It still holds";
        confirm_what(title: &str): format!("Det passer stadig: {title}"), format!("It still holds: {title}");
        links_dead(count: usize): if count == 1 { "Ét link virker ikke".to_owned() } else { format!("{count} links virker ikke") },
            if count == 1 { "One link does not work".to_owned() } else { format!("{count} links do not work") };
        since(what: &str, date: &str): format!("{what} (siden {date})"), format!("{what} (since {date})");
        look_again: "Se efter igen nu", "Look again now";
        look_again_at(address: &str): format!("Se efter igen nu: {address}"), format!("Look again now: {address}");
        link_works: "Linket virker igen og er taget af listen.", "The link works again and is off the list.";
        link_dead: "Linket virker stadig ikke. Ret det, eller fjern det.", "The link still does not work. Correct it or remove it.";
        link_unclear: "Webstedet gav ikke et klart svar. Vi prøver igen af os selv.", "The site gave no clear answer. We will try again by ourselves.";
        link_waits: "Der er lige set efter. Prøv igen om ti minutter.", "It has just been looked at. Try again in ten minutes.";

        change: "Ret det", "Change it";
        tell_anchoring: "Fortæl, hvordan det går", "Tell how it goes";

        confirm_title: "Passer det stadig?", "Does it still hold?";
        confirm_lead(title: &str): format!("Se «{title}» efter. Passer det, så bekræft med ét klik. Ellers ret det først."),
            format!("Look “{title}” over. If it holds, confirm it with one click. If not, change it first.");
        as_published: "Sådan står det nu", "This is what it says now";
        see_page: "Se hele siden", "See the whole page";
        thanks_title: "Tak, det er bekræftet", "Thank you, it is confirmed";
        thanks(title: &str, date: &str): format!("«{title}» står nu som bekræftet. Vi spørger igen op til {date}."),
            format!("“{title}” is now shown as confirmed. We ask again before {date}.");
        answered_title: "Det er svaret på", "It is answered";
        answered(title: &str, date: &str): format!("«{title}» er set efter, siden brevet blev sendt: sidst bekræftet {date}. Du skal ikke gøre mere."),
            format!("“{title}” has been looked over since the letter was sent: last confirmed {date}. There is nothing more to do.");
        outdated_title: "Linket gælder ikke længere", "The link is no longer good";
        outdated: "Måske er det, linket handlede om, taget ned, eller du har ikke længere ansvaret for det. Log ind for at se, hvad der venter på dig.",
            "Perhaps what the link was about has been taken down, or you no longer answer for it. Sign in to see what waits for you.";
        to_desk: "Gå til Mit arbejde", "Go to My work";
    }
}

impl Text {
    /// Keeping content alive.
    pub fn upkeep(self) -> Upkeep {
        Upkeep(self.0)
    }
}
