//! Texts of one's own work: the desk, an offer or case as its writers see it, and the editors' queue.

use super::Text;

texts! {
    /// One's own work.
    Desk {
        title: "Mit arbejde", "My work";
        lead(name: &str): format!("Her er det, der venter på dig, {name}."), format!("This is what waits for you, {name}.");
        waits: "Venter på dig", "Waits for you";
        nothing_waits: "Intet venter på dig lige nu.", "Nothing waits for you right now.";
        drafts: "Kladder", "Drafts";
        no_drafts: "Du har ingen kladder.", "You have no drafts.";
        write: "Skriv", "Write";
        organisations: "Mine organisationer", "My organisations";
        no_organisations: "Du hører ikke til en organisation endnu. Find dit museum, din skole eller din kommune, og bed om at komme med.",
            "You do not belong to an organisation yet. Find your museum, school or municipality, and ask to join.";
        find_organisation: "Find eller opret en organisation", "Find or create an organisation";
        account: "Min konto", "My account";
        administration: "Administration", "Administration";
        queue: "Redaktionens kø", "The editors' queue";
        people: "Medlemmer og adgang", "Members and access";
        all_content: "Alt indhold", "All content";
        content: "Indhold", "Content";
        content_more: "Vis alt, hvad organisationen har", "Show all the organisation has";
        content_cut(count: usize): format!("De første {count} vises her."), format!("The first {count} are shown here.");
        content_search: "Find de udgivne forløb i søgningen", "Find the published offers in the search";
        no_content: "Organisationen har intet skrevet eller udgivet endnu.", "The organisation has written or published nothing yet.";
        asked_to_join(name: &str): format!("Du har bedt om at komme med i {name}. En ansvarlig skal svare."),
            format!("You have asked to join {name}. A manager needs to answer.");
        one_manager: "Der er kun én ansvarlig. Vælg en til, så intet står stille, når den ene er væk.",
            "There is only one manager. Choose another, so that nothing stands still when one is away.";
        join_requests(count: usize): if count == 1 { String::from("1 beder om at komme med") } else { format!("{count} beder om at komme med") },
            if count == 1 { String::from("1 asks to join") } else { format!("{count} ask to join") };
        edited(date: &str): format!("Ændret {date}"), format!("Changed {date}");
        since(date: &str): format!("Siden {date}"), format!("Since {date}");
        untitled: "Uden titel", "Untitled";

        state: "Status", "State";
        published_and(draft: &str): format!("Udgivet, med en ændring: {draft}"), format!("Published, with a change: {draft}");
        withdrawn_and(draft: &str): format!("Afpubliceret, med en ændring: {draft}"), format!("Withdrawn, with a change: {draft}");
        scheduled_for(date: &str): format!("Godkendt. Udgives {date}"), format!("Approved. Published on {date}");
        withdrawn_on(date: &str): format!("Afpubliceres {date}"), format!("Withdrawn on {date}");
        waits_for_owner(name: &str): format!("Venter på {name}."), format!("Waits for {name}.");
        waits_for_editors: "Venter på redaktionen.", "Waits for the editors.";
        waits_for_editors_or(municipality: &str): format!("Venter på redaktionen eller kuratorerne i {municipality}."),
            format!("Waits for the editors or the curators of {municipality}.");
        waits_for_partners(names: &str): format!("Venter på {names}."), format!("Waits for {names}.");
        waits_since(date: &str): format!("Siden {date}"), format!("Since {date}");
        silent: "Parterne har haft tre uger. En redaktør kan nu afgøre det.", "The partners have had three weeks. An editor can now decide.";
        partner_answers: "Parternes svar", "The partners' answers";
        not_answered: "Har ikke svaret", "Has not answered";
        has_approved: "Har godkendt", "Has approved";
        has_asked_for_changes: "Har bedt om ændringer", "Has asked for changes";
        has_asked_to_be_taken_off: "Har bedt om at blive taget af", "Has asked to be taken off";

        edit: "Skriv videre", "Go on writing";
        edit_published: "Skriv en ændring", "Write a change";
        see: "Se det, som læserne vil se det", "See it as readers will see it";
        see_published: "Se den udgivne side", "See the published page";
        history: "Ændringer og historik", "Changes and history";
        copy: "Kopiér som ny kladde", "Copy as a new draft";
        copied: "Kopien er din nye kladde. Giv den en titel.", "The copy is your new draft. Give it a title.";
        copy_of(title: &str): format!("{title} (kopi)"), format!("{title} (copy)");
        missing: "Det her mangler, før det kan sendes:", "This is missing before it can be sent:";
        nothing_missing: "Intet mangler.", "Nothing is missing.";
        missing_partner_kinds: "Parter: der skal være mindst én skole, én kommune og én institution med.",
            "Partners: at least one school, one municipality and one institution need to take part.";

        submit: "Send til gennemsyn", "Send for review";
        submit_case: "Send til parterne", "Send to the partners";
        submit_lead: "Redaktionen læser det og udgiver det, eller skriver, hvad der skal ændres.",
            "The editors read it and publish it, or write what needs changing.";
        submit_case_lead: "Hver part skal godkende netop denne udgave. Når alle har godkendt, udgives den.",
            "Each partner needs to approve exactly this version. When all have approved, it is published.";
        publish: "Udgiv nu", "Publish now";
        take_back: "Træk tilbage", "Take back";
        approve: "Godkend og udgiv", "Approve and publish";
        ask_for_changes: "Bed om ændringer", "Ask for changes";
        decline: "Afvis", "Decline";
        withdraw: "Afpublicér", "Withdraw";
        archive: "Arkivér", "Archive";
        restore: "Gendan som kladde", "Restore as a draft";
        confirm: "Bekræft, at det stadig passer", "Confirm that it still holds";
        delete: "Slet kladden", "Delete the draft";
        confirm_delete: "Ja, slet kladden for altid", "Yes, delete the draft for good";
        confirm_archive: "Ja, arkivér det", "Yes, archive it";
        confirm_withdraw: "Ja, tag det væk fra læserne", "Yes, take it away from readers";
        confirm_first: "Sæt flueben for at bekræfte, og tryk igen.", "Tick to confirm, and press again.";
        message: "Skriv til de andre", "Write to the others";
        message_hint: "Alle, der arbejder med teksten, kan læse det.", "Everybody who works with the text can read it.";
        reason: "Hvad skal ændres, eller hvorfor?", "What needs changing, or why?";
        reason_missing: "Skriv, hvad der skal ændres, eller hvorfor.", "Write what needs changing, or why.";
        on_field: "Kommentar til et bestemt felt", "Comment on a certain field";
        which_field: "Felt", "Field";
        send_message: "Send besked", "Send message";
        review: "Gennemsyn", "Review";
        answer_for(name: &str): format!("Svar for {name}"), format!("Answer for {name}");
        answer_approve: "Godkend denne udgave", "Approve this version";
        answer_changes: "Bed om ændringer", "Ask for changes";
        answer_take_off: "Bed om at blive taget af", "Ask to be taken off";
        more_steps: "Flere muligheder", "More options";
        schedule: "Planlæg", "Schedule";
        schedule_lead: "Lad en dag stå tom, hvis intet skal ske af sig selv.", "Leave a day empty if nothing is to happen by itself.";
        publish_on: "Udgiv tidligst", "Publish no earlier than";
        withdraw_on: "Afpublicér", "Withdraw on";
        save_schedule: "Gem plan", "Save schedule";

        conversation: "Samtale", "Conversation";
        no_conversation: "Ingen har skrevet noget endnu.", "Nobody has written anything yet.";
        said_save: "begyndte", "began";
        said_submit: "sendte det til gennemsyn", "sent it for review";
        said_take_back: "trak det tilbage", "took it back";
        said_approve: "godkendte det", "approved it";
        said_ask_for_changes: "bad om ændringer", "asked for changes";
        said_decline: "afviste det", "declined it";
        said_publish_directly: "udgav det", "published it";
        said_schedule: "ændrede planen", "changed the schedule";
        said_confirm: "bekræftede, at det stadig passer", "confirmed that it still holds";
        said_withdraw: "afpublicerede det", "withdrew it";
        said_archive: "arkiverede det", "archived it";
        said_restore: "gendannede det som kladde", "restored it as a draft";
        said_take_off: "bad om at blive taget af", "asked to be taken off";
        said_comment: "skrev", "wrote";
        for_partner(who: &str, partner: &str): format!("{who} for {partner}"), format!("{who} for {partner}");
        the_portal: "Portalen", "The portal";
        someone: "En tidligere bruger", "A former user";
        on_a_field(field: &str): format!("Om {field}:"), format!("On {field}:");

        done_submit: "Det er sendt.", "It has been sent.";
        done_take_back: "Det er trukket tilbage, og du kan skrive videre.", "It has been taken back, and you can go on writing.";
        done_approve: "Det er godkendt.", "It has been approved.";
        done_ask_for_changes: "De har fået besked om, hvad der skal ændres.", "They have been told what needs changing.";
        done_decline: "Det er afvist.", "It has been declined.";
        done_publish_directly: "Det er udgivet.", "It is published.";
        done_delete: "Kladden er slettet.", "The draft is deleted.";
        done_schedule: "Planen er gemt.", "The schedule is saved.";
        done_confirm: "Tak. Det er bekræftet i dag.", "Thank you. It is confirmed today.";
        done_withdraw: "Læserne kan ikke se det mere. Du kan gendanne det.", "Readers no longer see it. You can restore it.";
        done_archive: "Det er arkiveret. Du kan gendanne det.", "It is archived. You can restore it.";
        done_restore: "Det er en kladde igen.", "It is a draft again.";
        done_message: "Beskeden er sendt.", "The message is sent.";
        done_answer: "Svaret er sendt.", "The answer is sent.";

        refused: "Det kan ikke lade sig gøre", "That cannot be done";
        refused_turn: "Det er ikke tid til det nu: nogen kan have taget et andet skridt i mellemtiden. Se, hvor det står.",
            "It is not the time for that now: somebody may have taken another step in between. See where it stands.";
        refused_role: "Din rolle omfatter det ikke.", "Your role does not include it.";
        refused_theirs: "Det hører til en anden organisation.", "It belongs to another organisation.";
        refused_own: "Det, man selv har sendt, skal godkendes af en anden.", "What one has sent oneself needs to be approved by somebody else.";
        refused_partners: "Parterne afgør det, og de har ikke alle svaret.", "The partners decide, and have not all answered.";
        refused_trust: "Organisationen kan ikke udgive uden gennemsyn. Send det til gennemsyn.",
            "The organisation cannot publish without review. Send it for review.";
        refused_factor: "En administrator skal have to-trins-login først. Slå det til under Min konto.",
            "An administrator needs two-step sign-in first. Turn it on under My account.";
        refused_last: "Den sidste ansvarlige kan ikke forlade organisationen. Vælg en anden ansvarlig først.",
            "The last manager cannot leave the organisation. Choose another manager first.";
        refused_people: "Det kan kun gøres af en person eller på maskinen selv.", "It can only be done by a person, or on the machine itself.";
        back_to_desk: "Til Mit arbejde", "To My work";

        differences: "Det ændrer kladden", "What the draft changes";
        no_differences: "Kladden ændrer intet.", "The draft changes nothing.";
        nothing_published: "Intet er udgivet endnu, så der er intet at sammenligne med.", "Nothing is published yet, so there is nothing to compare with.";
        now_published: "Udgivet nu", "Published now";
        in_draft: "I kladden", "In the draft";
        versions: "Udgivne versioner", "Published versions";
        version_of(date: &str, who: &str): format!("{date}: {who}"), format!("{date}: {who}");
        this_version: "Den, læserne ser", "The one readers see";
        restore_version: "Hent denne version frem som kladde", "Bring this version back as a draft";
        restored_version: "Den gamle version er nu kladden. Send den, når du er klar.", "The old version is now the draft. Send it when you are ready.";
        changed_fields(fields: &str): format!("Ændret: {fields}"), format!("Changed: {fields}");
        first_version: "Første version", "First version";
        before: "Før", "Before";
        after: "Efter", "After";
        preview_notice: "Sådan vil læserne se det. Det er ikke udgivet.", "This is how readers will see it. It is not published.";
        preview_impossible: "Det kan først vises, når det her er rettet:", "It can only be shown when this has been put right:";
        back: "Tilbage til overblikket", "Back to the overview";

        spreadsheet: "Hent forløb fra et regneark", "Bring programmes from a spreadsheet";
        spreadsheet_lead: "Du ser først, hvad der vil ske med hver række. Intet skrives, før du siger ja, og alt bliver til kladder.",
            "You first see what will happen to each row. Nothing is written before you say yes, and everything becomes drafts.";
        spreadsheet_columns: "Kolonnerne hedder som i portalens egne regneark: Titel, Resumé, Fag, Klassetrin, Pristype og så videre. Rækker uden id får et ud fra titlen.",
            "The columns are called as in the portal's own spreadsheets: title, summary, subjects, grades, price.kind and so on. Rows without an id get one from the title.";
        spreadsheet_file: "Regneark (CSV)", "Spreadsheet (CSV)";
        spreadsheet_file_hint: "Gem det i Excel som CSV. Højst 1 MB og 500 rækker.", "Save it in Excel as CSV. At most 1 MB and 500 rows.";
        spreadsheet_missing: "Vælg en CSV-fil.", "Choose a CSV file.";
        spreadsheet_too_large: "Filen er for stor: højst 1 MB og 500 rækker.", "The file is too large: at most 1 MB and 500 rows.";
        spreadsheet_empty: "Der er ingen rækker i filen.", "There are no rows in the file.";
        spreadsheet_check: "Se, hvad der vil ske", "See what will happen";
        spreadsheet_write(count: usize): if count == 1 { String::from("Skriv 1 kladde") } else { format!("Skriv {count} kladder") },
            if count == 1 { String::from("Write 1 draft") } else { format!("Write {count} drafts") };
        spreadsheet_written(count: usize): if count == 1 { String::from("1 kladde er skrevet.") } else { format!("{count} kladder er skrevet.") },
            if count == 1 { String::from("1 draft is written.") } else { format!("{count} drafts are written.") };
        spreadsheet_nothing: "Ingen af rækkerne kan skrives.", "None of the rows can be written.";
        row: "Række", "Row";
        fate: "Hvad der sker", "What happens";
        fate_new: "Bliver en ny kladde", "Becomes a new draft";
        fate_changed(fields: &str): format!("Bliver en ændring af det, der er her: {fields}"), format!("Becomes a change of what is here: {fields}");
        fate_same: "Er her allerede, uden forskel", "Is here already, without a difference";
        fate_wrong(why: &str): format!("Kan ikke læses: {why}"), format!("Cannot be read: {why}");
        fate_refused: "Id'et hører til noget, du ikke må skrive i, eller som er til gennemsyn", "The id belongs to something you may not write in, or that is in review";
        fate_twice: "Står der to gange. Den første gælder", "Is there twice. The first one counts";
        cancel: "Fortryd", "Cancel";
        queue_lead: "Forløb, der venter på gennemsyn, og erfaringer, hvis parter har været tavse i tre uger.",
            "Programmes that wait for review, and experiences whose partners have been silent for three weeks.";
        queue_empty: "Intet venter på redaktionen.", "Nothing waits for the editors.";
        all_kinds: "Alt", "Everything";
        filter: "Vis", "Show";
        owner_contains: "Udbyder", "Provider";
        approve_chosen: "Godkend de valgte", "Approve the chosen";
        confirm_approve(count: usize): format!("Ja, godkend {count}"), format!("Yes, approve {count}");
        choose_some: "Vælg først nogen.", "Choose some first.";
        approved_some(count: usize): if count == 1 { String::from("1 er godkendt.") } else { format!("{count} er godkendt.") },
            if count == 1 { String::from("1 is approved.") } else { format!("{count} are approved.") };
        could_not(titles: &str): format!("Disse kunne ikke godkendes: {titles}"), format!("These could not be approved: {titles}");
        undo: "Fortryd: afpublicér dem igen", "Undo: withdraw them again";
        undone(count: usize): format!("{count} er afpubliceret igen."), format!("{count} are withdrawn again.");
    }
}

impl Text {
    /// One's own work.
    pub fn desk(self) -> Desk {
        Desk(self.0)
    }
}

impl Desk {
    /// What somebody did, by the code of a step or a partner's reply, as it stands after their name.
    pub fn act(self, code: &str) -> &'static str {
        match code {
            "save" => self.said_save(),
            "submit" => self.said_submit(),
            "take-back" => self.said_take_back(),
            "approve" => self.said_approve(),
            "ask-for-changes" => self.said_ask_for_changes(),
            "decline" => self.said_decline(),
            "publish-directly" => self.said_publish_directly(),
            "schedule" => self.said_schedule(),
            "confirm" => self.said_confirm(),
            "withdraw" => self.said_withdraw(),
            "archive" => self.said_archive(),
            "restore" => self.said_restore(),
            "take-off" => self.said_take_off(),
            _ => self.said_comment(),
        }
    }

    /// What is said after something was done, by its code.
    pub fn done(self, code: &str) -> Option<&'static str> {
        Some(match code {
            "submit" => self.done_submit(),
            "take-back" => self.done_take_back(),
            "approve" => self.done_approve(),
            "ask-for-changes" => self.done_ask_for_changes(),
            "decline" => self.done_decline(),
            "publish-directly" => self.done_publish_directly(),
            "delete-draft" => self.done_delete(),
            "schedule" => self.done_schedule(),
            "confirm" => self.done_confirm(),
            "withdraw" => self.done_withdraw(),
            "archive" => self.done_archive(),
            "restore" => self.done_restore(),
            "comment" => self.done_message(),
            "answer" => self.done_answer(),
            "copy" => self.copied(),
            "restored-version" => self.restored_version(),
            "advice" => Text::new(self.0).feedback().revision_begun(),
            "link-works" => Text::new(self.0).upkeep().link_works(),
            "link-dead" => Text::new(self.0).upkeep().link_dead(),
            "link-unclear" => Text::new(self.0).upkeep().link_unclear(),
            "link-waits" => Text::new(self.0).upkeep().link_waits(),
            _ => return None,
        })
    }

    /// Why something is not allowed.
    pub fn refusal(self, refusal: domain::permission::Refusal) -> &'static str {
        use domain::permission::Refusal;
        match refusal {
            Refusal::OutOfTurn => self.refused_turn(),
            Refusal::NotYourOrganisation | Refusal::Hidden => self.refused_theirs(),
            Refusal::OwnSubmission => self.refused_own(),
            Refusal::PartnersDecide => self.refused_partners(),
            Refusal::NotTrusted => self.refused_trust(),
            Refusal::SecondFactorFirst | Refusal::SecondFactorStays => self.refused_factor(),
            Refusal::LastManager => self.refused_last(),
            Refusal::OwnOffer => Text::new(self.0).feedback().own_offer(),
            Refusal::OnlyPeople | Refusal::OnlyOnTheMachine => self.refused_people(),
            Refusal::NotYourRole | Refusal::SignInFirst | Refusal::AccountClosed => {
                self.refused_role()
            }
        }
    }
}
