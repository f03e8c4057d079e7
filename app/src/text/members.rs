//! Texts of organisations at the desk: finding, claiming and making them, and their people.

use super::Text;

texts! {
    /// Organisations at the desk.
    Members {
        find_title: "Find eller opret en organisation", "Find or create an organisation";
        find_lead: "Skriv navnet på dit museum, din skole, din kommune eller dit PLC. Hver organisation er her kun én gang.",
            "Type the name of your museum, school, municipality or PLC. Each organisation is here only once.";
        name: "Navn", "Name";
        search: "Søg", "Search";
        none_found(name: &str): format!("Ingen organisation hedder noget, der ligner «{name}». Opret den herunder."),
            format!("No organisation is called anything like “{name}”. Create it below.");
        open: "Åbn", "Open";
        create: "Opret en organisation", "Create an organisation";
        create_lead: "Kun hvis du ikke fandt den ovenfor.", "Only if you did not find it above.";
        kind: "Hvad er det?", "What is it?";
        municipality: "Kommune", "Municipality";
        nationwide: "Landsdækkende", "Nationwide";
        mine: "Jeg hører til her og vil skrive for organisationen", "I belong here and want to write for the organisation";
        create_button: "Opret", "Create";
        exists: "Den er her allerede:", "It is here already:";
        name_missing: "Skriv navnet.", "Type the name.";
        kind_missing: "Vælg, hvad det er.", "Choose what it is.";
        municipality_missing: "En skole og en kommune ligger i en kommune. Vælg den.", "A school and a municipality lie in a municipality. Choose it.";
        too_many: "Du har oprettet mange organisationer på kort tid. Vent en time.", "You have created many organisations in a short time. Wait an hour.";

        waiting: "Beder om at komme med", "Ask to join";
        claims: "Hvem beder om at komme med, i hele portalen", "Who asks to join, in the whole portal";
        no_claims: "Ingen beder om at komme med.", "Nobody asks to join.";

        unclaimed: "Ingen har overtaget organisationen endnu. Bed om at komme med, så svarer en administrator.",
            "Nobody has claimed the organisation yet. Ask to join, and an administrator will answer.";
        followed_by(name: &str): format!("Organisationen er lukket. Den følges op af {name}."), format!("The organisation has closed. It is followed by {name}.");
        public_page: "Se den offentlige side", "See the public page";
        people: "Medlemmer", "Members";
        no_people: "Organisationen har ingen medlemmer endnu.", "The organisation has no members yet.";
        since(date: &str): format!("Siden {date}"), format!("Since {date}");
        you: "dig", "you";
        roles: "Roller", "Roles";
        roles_of(name: &str): format!("Roller: {name}"), format!("Roles: {name}");
        save_roles: "Gem roller", "Save roles";
        remove(name: &str): format!("Tag {name} ud af organisationen"), format!("Take {name} out of the organisation");
        invite: "Invitér", "Invite";
        invite_lead: "Personen får et brev med et link, der er godt i 14 dage.", "The person gets a letter with a link that is good for 14 days.";
        email: "E-mailadresse", "E-mail address";
        invited(email: &str): format!("{email} er inviteret."), format!("{email} has been invited.");
        invite_link: "Brevet er på vej. Du kan også give linket videre selv, lige nu og kun nu:",
            "The letter is on its way. You can also pass the link on yourself, now and only now:";
        invitations: "Invitationer", "Invitations";
        invitation_until(email: &str, date: &str): format!("{email}, god til {date}"), format!("{email}, good until {date}");
        withdraw(email: &str): format!("Træk invitationen til {email} tilbage"), format!("Withdraw the invitation to {email}");
        withdrawn: "Invitationen er trukket tilbage.", "The invitation is withdrawn.";
        accept(name: &str): format!("Luk {name} ind"), format!("Let {name} in");
        decline(name: &str): format!("Sig nej til {name}"), format!("Decline {name}");
        accepted: "Personen er med nu.", "The person is in now.";
        declined: "Personen har fået et nej.", "The person has been declined.";
        roles_saved: "Rollerne er gemt.", "The roles are saved.";
        removed: "Personen er ikke længere med.", "The person is no longer in.";
        role_missing: "Vælg mindst én rolle.", "Choose at least one role.";
        unknown_address: "Det er ikke en e-mailadresse. Skriv den som navn@eksempel.dk.", "That is not an e-mail address. Write it as name@example.dk.";
        already_member: "Personen er med allerede.", "The person is in already.";

        join: "Bed om at komme med", "Ask to join";
        join_lead: "De ansvarlige ser dit navn, din e-mailadresse og det, du skriver her.", "The managers see your name, your e-mail address and what you write here.";
        message: "Hvem er du i organisationen?", "Who are you in the organisation?";
        asked: "Du har bedt om at komme med. Du hører, når nogen har svaret.", "You have asked to join. You will hear when somebody has answered.";
        take_back: "Træk ønsket tilbage", "Take the request back";
        taken_back: "Ønsket er trukket tilbage.", "The request is taken back.";
        domain_suggests: "Din e-mailadresse hører til her.", "Your e-mail address belongs here.";
        leave: "Forlad organisationen", "Leave the organisation";
        confirm_leave: "Ja, jeg vil ikke længere være med", "Yes, I no longer want to be in it";
        left: "Du er ikke længere med.", "You are no longer in it.";
        confirm_first: "Sæt flueben for at bekræfte, og tryk igen.", "Tick to confirm, and press again.";

        domains: "E-maildomæner", "E-mail domains";
        domains_hint: "Et på hver linje, for eksempel museum.dk. Den, der har en adresse der, bliver foreslået organisationen.",
            "One on each line, such as museum.dk. Whoever has an address there is suggested the organisation.";
        domain_wrong: "Skriv domæner som museum.dk, højst ti.", "Write domains as museum.dk, ten at most.";
        save_domains: "Gem domæner", "Save domains";
        domains_saved: "Domænerne er gemt.", "The domains are saved.";
        trust: "Udgivelse uden gennemsyn", "Publishing without review";
        trust_lead: "Organisationen kan udgive sine egne forløb, uden at redaktionen læser dem først.",
            "The organisation can publish its own programmes without the editors reading them first.";
        is_trusted: "Organisationen udgiver uden gennemsyn.", "The organisation publishes without review.";
        is_not_trusted: "Organisationens forløb læses af redaktionen først.", "The organisation's programmes are read by the editors first.";
        give_trust: "Lad den udgive direkte", "Let it publish directly";
        take_trust: "Kræv gennemsyn igen", "Require review again";
        trust_saved: "Det er gemt.", "It is saved.";

        profile: "Om organisationen", "About the organisation";
        summary: "Kort om organisationen", "The organisation in short";
        url: "Webadresse", "Web address";
        phone: "Telefon", "Telephone";
        street: "Vej og nummer", "Street and number";
        postcode: "Postnummer", "Postcode";
        city: "By", "Town";
        save_profile: "Gem", "Save";
        profile_saved: "Det er gemt, og siden er ændret.", "It is saved, and the page has changed.";
        errors: "Det her skal rettes:", "This needs to be put right:";
        close: "Luk eller læg sammen", "Close or merge";
        close_lead: "Hvem følger efter? Besøgende på siden sendes videre dertil. Lad feltet stå tomt for at åbne igen.",
            "Who follows? Visitors to the page are sent on there. Leave the field empty to open it again.";
        successor: "Den nye organisations id", "The new organisation's id";
        successor_wrong: "Der er ingen anden organisation med det id.", "There is no other organisation with that id.";
        save_successor: "Gem", "Save";

        invitation_title: "Du er inviteret", "You are invited";
        invitation_lead(inviter: &str, organisation: &str): format!("{inviter} inviterer dig til at være med i {organisation}."),
            format!("{inviter} invites you to be part of {organisation}.");
        invitation_as(roles: &str): format!("Din rolle: {roles}"), format!("Your role: {roles}");
        invitation_accept: "Sig ja", "Accept";
        invitation_new: "Du har ikke en konto endnu. Skriv dit navn, så får du en.", "You have no account yet. Type your name, and you get one.";
        invitation_sign_in: "Der er en konto med adressen. Log ind, og åbn linket igen.", "There is an account with the address. Sign in, and open the link again.";
        invitation_gone: "Invitationen er brugt, trukket tilbage eller for gammel", "The invitation has been used, withdrawn or is too old";
        invitation_gone_lead: "Bed den, der inviterede dig, om en ny.", "Ask whoever invited you for a new one.";
        your_name: "Dit navn", "Your name";
    }
}

impl Text {
    /// Organisations at the desk.
    pub fn members(self) -> Members {
        Members(self.0)
    }
}
