//! Texts of the forms of offers and cases.

use super::Text;

texts! {
    /// The forms of offers and cases.
    Writing {
        new_offer: "Nyt forløb", "New programme";
        new_case: "Ny erfaring", "New experience";
        begin_offer_lead: "Giv forløbet en titel. Du kan gemme når som helst, også når noget mangler, og ændre alt senere.",
            "Give the programme a title. You can save at any time, also while something is missing, and change everything later.";
        begin_case_lead: "Giv projektet en titel. Du kan gemme når som helst, også når noget mangler. Parterne godkender erfaringen, før den udgives.",
            "Give the project a title. You can save at any time, also while something is missing. The partners approve the experience before it is published.";
        begin: "Begynd", "Begin";
        written_by: "Hvem skriver?", "Who writes?";
        no_organisation: "Du skal høre til en organisation for at skrive. Find den, eller opret den.",
            "You need to belong to an organisation to write. Find it, or create it.";
        find_organisation: "Find min organisation", "Find my organisation";
        choose: "Vælg", "Choose";
        not_chosen: "Ikke valgt", "Not chosen";

        steps: "Trin", "Steps";
        step_of(number: usize, of: usize): format!("Trin {number} af {of}"), format!("Step {number} of {of}");
        save: "Gem kladde", "Save draft";
        save_and_next: "Gem og fortsæt", "Save and continue";
        save_and_finish: "Gem og se det samlet", "Save and see the whole";
        back_to_manuscript: "Til overblikket", "To the overview";
        preview: "Se det, som læserne vil se det", "See it as readers will see it";
        saved: "Kladden er gemt.", "The draft is saved.";
        saving: "Gemmer …", "Saving …";
        saved_at(time: &str): format!("Gemt kl. {time}"), format!("Saved at {time}");
        not_saved: "Ikke gemt. Det, du skriver, ligger i browseren og gemmes, når forbindelsen er tilbage.",
            "Not saved. What you write is kept in the browser and will be saved when the connection is back.";
        kept_in_browser: "Browseren har noget, du skrev, som ikke nåede at blive gemt.", "The browser has something you wrote that was not saved in time.";
        restore: "Hent det frem", "Bring it back";
        discard: "Kassér det", "Discard it";
        signed_out: "Du er blevet logget ud. Det, du har skrevet, er ikke tabt: log ind, så gemmes det.",
            "You have been signed out. What you have written is not lost: sign in, and it will be saved.";
        errors: "Det her skal rettes:", "This needs to be put right:";
        optional_errors: "Kladden er gemt. Det her skal rettes, før den kan sendes:", "The draft is saved. This needs to be put right before it can be sent:";

        conflict: "Nogen har ændret det samme som dig", "Somebody has changed the same as you";
        conflict_lead: "Mens du skrev, gemte en anden sine ændringer af det her trin. Vælg for hvert felt, hvad der skal stå. Intet er tabt.",
            "While you were writing, somebody else saved changes to this step. Choose for each field what it should say. Nothing is lost.";
        mine: "Det, du skrev", "What you wrote";
        theirs: "Det, der er gemt nu", "What is saved now";
        keep_mine: "Behold mit", "Keep mine";
        keep_theirs: "Behold det gemte", "Keep what is saved";
        empty: "Tomt", "Empty";
        save_choice: "Gem det valgte", "Save the chosen";

        add_row: "Tilføj", "Add";
        remove_row: "Fjern", "Remove";
        find: "Find", "Find";
        find_partner: "Find en part", "Find a partner";
        find_partner_hint: "Skriv navnet på en skole, kommune, kulturinstitution eller et PLC.",
            "Type the name of a school, municipality, cultural institution or PLC.";
        no_partner_found(name: &str): format!("Ingen organisation hedder noget, der ligner «{name}»."), format!("No organisation is called anything like “{name}”.");
        create_organisation: "Opret organisationen", "Create the organisation";
        add_partner(name: &str): format!("Tilføj {name}"), format!("Add {name}");
        remove_partner(name: &str): format!("Fjern {name}"), format!("Remove {name}");
        partner: "Part", "Partner";
        contact_person: "Projektets kontaktperson var her", "The project's contact person was here";
        matrix_lead: "Vælg for hver opgave, hvor meget hver part var med. Lad det stå tomt, hvis du ikke ved det.",
            "Choose for each task how much each partner took part. Leave it empty if you do not know.";
        partner_kinds: "En erfaring udgives, når mindst én skole, én kommune og én institution er med.",
            "An experience is published when at least one school, one municipality and one institution take part.";
        task_of(task: &str, partner: &str): format!("{task}: {partner}"), format!("{task}: {partner}");
        anchoring_entry(number: usize): format!("Forankring {number}"), format!("Anchoring {number}");
        advice_entry(number: usize): format!("Råd {number}"), format!("Advice {number}");
        markdown_hint: "Du kan skrive **fed**, *kursiv*, lister med - og links som [tekst](https://…).",
            "You can write **bold**, *italic*, lists with - and links as [text](https://…).";
        bold: "Fed", "Bold";
        italic: "Kursiv", "Italic";
        heading: "Overskrift", "Heading";
        list: "Liste", "List";
        link: "Link", "Link";
        no_offers: "Parterne har ingen udgivne forløb endnu.", "The partners have no published programmes yet.";
        no_cases: "Der er ingen erfaringer med denne udbyder endnu.", "There are no experiences with this provider yet.";
        every_municipality: "Intet valgt: skoler i hele landet", "Nothing chosen: schools in the whole country";

        step_what: "Hvad", "What";
        step_whom: "For hvem", "For whom";
        step_where: "Hvor, hvornår og pris", "Where, when and price";
        step_around: "Før, under og efter", "Before, during and after";
        step_alive: "Kontakt og forankring", "Contact and anchoring";
        step_project: "Projektet", "The project";
        step_partners: "Hvem gjorde hvad", "Who did what";
        step_outcome: "Udbytte og udfordringer", "Outcome and challenges";
        step_lessons: "Det lærte vi", "What we learned";
        step_images: "Billeder og filer", "Images and files";
        add_image: "Læg et billede op", "Upload an image";
        add_file: "Læg en fil op", "Upload a file";
        image_entry(number: usize): format!("Billede {number}"), format!("Image {number}");
        file_entry(number: usize): format!("Fil {number}"), format!("File {number}");
        image_alt: "Hvad ses på billedet?", "What does the image show?";
        image_credit: "Hvem har taget det?", "Who took it?";
        image_legal: "Hvorfor må I bruge det?", "Why may you use it?";
        image_caption: "Billedtekst", "Caption";
        file_title: "Hvad er filen?", "What is the file?";
        step_anchoring: "Forankring og råd", "Anchoring and advice";

        title: "Titel", "Title";
        summary: "Kort fortalt", "In short";
        summary_offer_hint: "Hvad eleverne gør, i en eller to sætninger. Det er det første, en lærer læser.",
            "What the pupils do, in a sentence or two. It is the first thing a teacher reads.";
        summary_case_hint: "Hvad projektet var, og hvad der kom ud af det, i et par sætninger.",
            "What the project was and what came of it, in a few sentences.";
        provider: "Udbyder", "Provider";
        description: "Det sker der", "What happens";
        subjects: "Fag", "Subjects";
        grades: "Klassetrin", "Grades";
        other_levels: "Andre niveauer", "Other levels";
        themes: "Emneområder", "Themes";
        themes_hint: "Små ord med komma imellem: vandhul, fødekæder", "Small words with commas between: pond, food chains";
        goals: "Formål", "Learning goals";
        goals_hint: "Et mål på hver linje.", "One goal on each line.";
        place_mode: "Sted", "Place";
        place_municipality: "Kommune", "Municipality";
        street: "Vej og nummer", "Street and number";
        postcode: "Postnummer", "Postcode";
        city: "By", "Town";
        latitude: "Breddegrad", "Latitude";
        longitude: "Længdegrad", "Longitude";
        location_hint: "Udelad den, så bruges kommunens midte. Eksempel: 55,3959", "Leave it out, and the middle of the municipality is used. Example: 55.3959";
        duration: "Varighed i minutter", "Duration in minutes";
        max_pupils: "Højst antal elever", "At most so many pupils";
        price_kind: "Pris", "Price";
        price_amount: "Beløb i kroner", "Amount in kroner";
        price_amount_hint: "Kun når prisen er pr. klasse eller pr. elev.", "Only when the price is per class or per pupil.";
        price_note: "Mere om prisen", "More about the price";
        free_for: "Gratis for skoler i", "Free for schools in";
        open_to: "Åbent for skoler i", "Open to schools in";
        available_from: "Fra dato", "From date";
        available_to: "Til dato", "Until date";
        available_note: "Periode i ord", "Period in words";
        languages: "Sprog", "Languages";
        languages_hint: "Koder med komma imellem: da, en, de. Tomt betyder dansk.", "Codes with commas between: da, en, de. Empty means Danish.";
        before: "Forberedelse", "Preparation";
        during: "Aktiviteter", "Activities";
        after: "Efterbehandling", "Follow-up";
        transport_modes: "Sådan kommer man derhen", "How to get there";
        transport_minutes: "Rejsetid i minutter", "Travel time in minutes";
        transport_note: "Mere om turen", "More about the journey";
        transport_activities: "Det kan klassen lave på vejen", "What the class can do on the way";
        accessibility: "Tilgængelighed på stedet", "Accessibility at the place";
        contact_name: "Kontaktperson", "Contact person";
        contact_role: "Rolle", "Role";
        contact_email: "E-mailadresse", "E-mail address";
        contact_phone: "Telefon", "Telephone";
        developed_in: "Udviklet i disse projekter", "Developed in these projects";
        source_url: "Webadresse til mere", "Web address with more";
        strategy: "Forankringsstrategi", "Anchoring strategy";
        strategy_owner: "Hvem har ansvaret?", "Who is responsible?";
        strategy_status: "Status", "Status";
        next_review: "Næste gennemgang", "Next review";
        strategy_note: "Sådan gør vi", "How we do it";
        anchoring: "Forankring", "Anchoring";
        anchoring_lead: "Hvad holder det i live, når projektpengene er brugt, hvem har ansvaret, og hvornår ser I det efter?",
            "What keeps it alive when the project money is spent, who is responsible, and when do you look it over?";
        story: "Det skete der", "What happened";
        what_worked: "Det virkede", "What worked";
        what_did_not: "Det virkede ikke", "What did not";
        period_from: "Begyndte", "Began";
        period_to: "Sluttede", "Ended";
        funding: "Økonomi", "Funding";
        partners: "Parter", "Partners";
        motivations: "Motivation", "Motivation";
        outcomes: "Udbytte", "Outcome";
        challenges: "Udfordringer", "Challenges";
        role_clarity: "Var rollerne klare?", "Were the roles clear?";
        success: "Lykkedes det?", "Did it succeed?";
        sharing: "Videndeling", "Knowledge sharing";
        advice: "Råd til andre", "Advice to others";
        audience: "Til hvem", "To whom";
        advice_text: "Råd", "Advice";
        offers: "Forløb, der kom ud af det", "Programmes that came of it";
        images: "Billeder", "Images";
        files: "Filer", "Files";
    }
}

impl Text {
    /// The forms of offers and cases.
    pub fn writing(self) -> Writing {
        Writing(self.0)
    }
}

impl Writing {
    /// What people call a field of the exchange format, or a list of them, in a form.
    pub fn label(self, name: &str) -> &'static str {
        let plain: String = name
            .split('.')
            .filter(|part| part.parse::<u16>().is_err())
            .collect::<Vec<_>>()
            .join(".");
        match plain.as_str() {
            "title" => self.title(),
            "summary" => self.summary(),
            "provider" => self.provider(),
            "description" => self.description(),
            "subjects" => self.subjects(),
            "grades" => self.grades(),
            "otherLevels" => self.other_levels(),
            "themes" => self.themes(),
            "goals" => self.goals(),
            "place.mode" => self.place_mode(),
            "place.municipality" => self.place_municipality(),
            "place.address.street" => self.street(),
            "place.address.postcode" => self.postcode(),
            "place.address.city" => self.city(),
            "place.location.lat" => self.latitude(),
            "place.location.lon" => self.longitude(),
            "durationMinutes" => self.duration(),
            "maxPupils" => self.max_pupils(),
            "price.kind" => self.price_kind(),
            "price.amount" => self.price_amount(),
            "price.note" => self.price_note(),
            "price.freeFor" => self.free_for(),
            "openTo" => self.open_to(),
            "available.from" => self.available_from(),
            "available.to" => self.available_to(),
            "available.note" => self.available_note(),
            "languages" => self.languages(),
            "materials.before" => self.before(),
            "materials.during" => self.during(),
            "materials.after" => self.after(),
            "transport.modes" => self.transport_modes(),
            "transport.minutes" => self.transport_minutes(),
            "transport.note" => self.transport_note(),
            "transport.activities" => self.transport_activities(),
            "accessibility" => self.accessibility(),
            "contact.name" => self.contact_name(),
            "contact.role" => self.contact_role(),
            "contact.email" => self.contact_email(),
            "contact.phone" => self.contact_phone(),
            "developedIn" => self.developed_in(),
            "sourceUrl" => self.source_url(),
            "anchoring.strategy" => self.strategy(),
            "anchoring.owner" => self.strategy_owner(),
            "anchoring.status" => self.strategy_status(),
            "anchoring.nextReview" => self.next_review(),
            "anchoring.note" => self.strategy_note(),
            "anchoring" => self.anchoring(),
            "story" => self.story(),
            "whatWorked" => self.what_worked(),
            "whatDidNot" => self.what_did_not(),
            "period.from" => self.period_from(),
            "period.to" => self.period_to(),
            "funding" => self.funding(),
            "motivations" => self.motivations(),
            "outcomes" => self.outcomes(),
            "challenges" => self.challenges(),
            "roleClarity" => self.role_clarity(),
            "success" => self.success(),
            "sharing" => self.sharing(),
            "advice" => self.advice(),
            "advice.audience" => self.audience(),
            "advice.text" => self.advice_text(),
            "offers" => self.offers(),
            "images.alt" => self.image_alt(),
            "images.credit" => self.image_credit(),
            "images.legalBasis" => self.image_legal(),
            "images.caption" => self.image_caption(),
            "files.title" => self.file_title(),
            "images" => self.images(),
            "files" => self.files(),
            other if other.starts_with("partners") => self.partners(),
            other if other.starts_with("motivations") => self.motivations(),
            other if other.starts_with("outcomes") => self.outcomes(),
            other if other.starts_with("challenges") => self.challenges(),
            _ => self.title(),
        }
    }

    /// What helps to fill in a field; empty where its label is enough.
    pub fn hint(self, name: &str, is_case: bool) -> &'static str {
        match name {
            "summary" if is_case => self.summary_case_hint(),
            "summary" => self.summary_offer_hint(),
            "themes" => self.themes_hint(),
            "goals" => self.goals_hint(),
            "place.location.lat" => self.location_hint(),
            "price.amount" => self.price_amount_hint(),
            "languages" => self.languages_hint(),
            "openTo" => self.every_municipality(),
            _ => "",
        }
    }
}
