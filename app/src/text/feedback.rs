//! Texts about teachers' feedback on an offer: giving it, reading it, answering it, reporting it, deciding about it.

use domain::feedback::{Aspect, Fit};

use super::Text;

texts! {
    /// Teachers' feedback on an offer.
    Feedback {
        heading: "Lærernes tilbagemeldinger", "Teachers’ feedback";
        give_link: "Har I brugt forløbet? Giv en tilbagemelding", "Have you used the programme? Give feedback";
        too_few: "Det, lærere siger om forløbet, vises her uden navne, når mindst tre har givet lov.",
            "What teachers say of the programme is shown here without names once at least three have agreed.";
        people(count: usize): format!("{count} lærere har givet tilbagemelding."), format!("{count} teachers have given feedback.");
        fitted_grade: "Passede til klassetrinnet", "Fitted the grade";
        fitted_time: "Passede til tiden", "Fitted the time";
        fitted_subject: "Passede til faget", "Fitted the subject";
        used: "Brugte materialet", "Used the material";
        used_to_prepare(count: usize): format!("{count} til forberedelse"), format!("{count} to prepare");
        used_to_follow_up(count: usize): format!("{count} til efterbehandling"), format!("{count} to follow up");
        used_by_nobody: "ingen har brugt det", "nobody has used it";
        advice: "Det ville de sige til en kollega", "What they would tell a colleague";
        answer_from(name: &str): format!("Svar fra {name}"), format!("Answer from {name}");
        report_this: "Meld denne tilbagemelding", "Report this feedback";
        number(number: usize): format!("(nummer {number})"), format!("(number {number})");
        on_advice: "ændret efter råd fra lærere", "changed on teachers’ advice";

        give_title: "Giv en tilbagemelding", "Give feedback";
        give_lead(title: &str): format!("Har du brugt «{title}» med en klasse? Det, du skriver, går til udbyderen, som kan svare og gøre forløbet bedre."),
            format!("Have you used “{title}” with a class? What you write goes to the provider, who can answer and improve the programme.");
        nameless: "Dit navn bliver aldrig vist, heller ikke for udbyderen.", "Your name is never shown, not even to the provider.";
        given_before(date: &str): format!("Du gav en tilbagemelding {date}. Sender du igen, træder den nye i stedet, og et svar på den gamle falder bort."),
            format!("You gave feedback on {date}. If you send again, the new takes its place, and an answer to the old one goes.");
        choose: "Vælg et svar", "Choose an answer";
        advice_label: "Hvad ville du sige til en kollega? (kan udelades)", "What would you tell a colleague? (optional)";
        advice_hint: "Højst 2.000 tegn. Skriv ikke navne på elever, kolleger eller skolen.", "At most 2,000 characters. Do not write names of pupils, colleagues or the school.";
        material_label: "Brugte I udbyderens materiale?", "Did you use the provider’s material?";
        used_before_label: "Ja, til forberedelse", "Yes, to prepare";
        used_after_label: "Ja, til efterbehandling", "Yes, to follow up";
        agree_label: "Min tilbagemelding må vises på forløbets side, uden navn", "My feedback may be shown on the programme’s page, without a name";
        agree_hint: "Intet vises, før mindst tre har givet lov. Uden fluebenet er den kun til udbyderen.",
            "Nothing is shown until at least three have agreed. Without the tick it is only for the provider.";
        email_label: "Din e-mailadresse", "Your e-mail address";
        email_hint: "Vi sender dig et link, så vi ved, at du findes. Udbyderen ser ikke adressen.",
            "We send you a link so that we know you exist. The provider does not see the address.";
        tells_label: "Skriv til mig, når udbyderen svarer", "Write to me when the provider answers";
        tells_hint: "Så gemmer vi adressen, til svaret er sendt. Ellers glemmer vi den, når du har bekræftet.",
            "Then we keep the address until the answer is sent. Otherwise we forget it once you have confirmed.";
        or_sign_in: "Har du en konto, så log ind, og slip for brevet:", "If you have an account, sign in and skip the letter:";
        send: "Send tilbagemelding", "Send feedback";
        send_link: "Send mig et link", "Send me a link";
        errors: "Ret dette, og prøv igen", "Correct this and try again";
        too_often(minutes: u64): format!("Der er sendt mange tilbagemeldinger herfra. Det, du har skrevet, står her endnu. Vent {}, og prøv igen.", if minutes == 1 { "et minut".to_owned() } else { format!("{minutes} minutter") }),
            format!("Much feedback has been sent from here. What you have written is still here. Wait {} and try again.", if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") });
        own_offer: "Du hører til dem, der udbyder forløbet, og kan ikke give tilbagemelding på det.",
            "You belong to those who offer the programme and cannot give feedback on it.";
        withdraw: "Træk min tilbagemelding tilbage", "Withdraw my feedback";
        withdraw_lead: "Så bliver den slettet sammen med udbyderens svar.", "Then it is deleted together with the provider’s answer.";
        withdraw_confirm: "Ja, slet den. Det kan ikke fortrydes.", "Yes, delete it. It cannot be undone.";
        withdraw_unconfirmed: "Sæt flueben for at bekræfte, at tilbagemeldingen skal slettes.", "Tick to confirm that the feedback is to be deleted.";
        withdrawn_title: "Din tilbagemelding er slettet", "Your feedback is deleted";
        withdrawn: "Hverken udbyderen eller andre kan læse den mere.", "Neither the provider nor anybody else can read it any more.";
        thanks_title: "Tak for din tilbagemelding", "Thank you for your feedback";
        thanks: "Den er hos udbyderen nu. Du får besked, når der er svar.", "It is with the provider now. You hear when there is an answer.";
        thanks_untold: "Den er hos udbyderen nu.", "It is with the provider now.";
        thanks_shown: "Du har givet lov til, at den vises uden navn, når mindst tre har gjort det.",
            "You have agreed to have it shown without a name once at least three have.";
        thanks_unshown: "Den er kun til udbyderen og bliver ikke vist for andre.", "It is only for the provider and is not shown to others.";
        written_title: "Vi har skrevet til dig", "We have written to you";
        written(email: &str): format!("Åbn brevet til {email}, og bekræft din tilbagemelding inden en uge. Først da får udbyderen den."),
            format!("Open the letter to {email} and confirm your feedback within a week. Only then does the provider get it.");
        written_help: "Kommer brevet ikke, så se efter i uønsket post, eller send igen med en anden adresse.",
            "If the letter does not come, look among unwanted mail, or send again with another address.";
        confirm_title: "Bekræft din tilbagemelding", "Confirm your feedback";
        confirm_lead(title: &str): format!("Det her har du skrevet om «{title}». Bekræft, så får udbyderen det."),
            format!("This is what you wrote about “{title}”. Confirm, and the provider gets it.");
        confirm: "Bekræft, og send til udbyderen", "Confirm and send to the provider";
        confirmed_before_title: "Din tilbagemelding er bekræftet", "Your feedback is confirmed";
        confirmed_before(title: &str): format!("Udbyderen af «{title}» har den. Med dette link kan du trække den tilbage."),
            format!("The provider of “{title}” has it. With this link you can withdraw it.");
        keep_letter: "Gem brevet: med linket i det kan du trække tilbagemeldingen tilbage.", "Keep the letter: with the link in it you can withdraw the feedback.";
        outdated_title: "Linket gælder ikke længere", "The link is no longer good";
        outdated: "Det gælder i en uge, eller til tilbagemeldingen er slettet. Er forløbet taget ned, kan det heller ikke bruges. Giv tilbagemeldingen igen, hvis den mangler.",
            "It is good for a week, or until the feedback is deleted. If the programme has been taken down, it cannot be used either. Give the feedback again if it is missing.";
        to_offer: "Til forløbet", "To the programme";

        desk_title: "Tilbagemeldinger fra lærere", "Feedback from teachers";
        desk_lead: "Her er det, lærere siger om jeres forløb. Ingen ser, hvem de er. Svar, eller ret forløbet på grund af dem.",
            "This is what teachers say of your programmes. Nobody sees who they are. Answer, or change the programme because of them.";
        desk_waiting(count: usize): if count == 1 { "1 tilbagemelding venter på svar".to_owned() } else { format!("{count} tilbagemeldinger venter på svar") },
            if count == 1 { "1 piece of feedback waits for an answer".to_owned() } else { format!("{count} pieces of feedback wait for an answer") };
        waiting: "Venter på svar", "Waits for an answer";
        nothing_waits: "Ingen tilbagemeldinger venter på svar.", "No feedback waits for an answer.";
        answered: "Besvarede", "Answered";
        nothing_answered: "I har ikke svaret på nogen endnu.", "You have not answered any yet.";
        only_the_latest(count: usize): format!("De {count} seneste vises."), format!("The latest {count} are shown.");
        one_title: "Tilbagemelding fra en lærer", "Feedback from a teacher";
        given_on(date: &str): format!("Givet {date}"), format!("Given {date}");
        answered_on(date: &str): format!("Besvaret {date}"), format!("Answered {date}");
        no_advice: "Læreren har ikke skrevet noget råd.", "The teacher has written no advice.";
        agrees: "Læreren har givet lov til, at den vises uden navn, når mindst tre har.", "The teacher has agreed to have it shown without a name once at least three have.";
        agrees_not: "Den er kun til jer. Heller ikke jeres svar bliver vist.", "It is only for you. Your answer is not shown either.";
        is_reported: "Den er meldt og vises ikke, før en redaktør har set på den.", "It is reported and is not shown until an editor has looked at it.";
        is_reported_and_shown: "Den er meldt igen og vises, til en redaktør har set på den.", "It is reported again and is shown until an editor has looked at it.";
        answer_title: "Jeres svar", "Your answer";
        answer_label: "Svar til læreren", "Answer to the teacher";
        answer_hint: "Højst 2.000 tegn. Svaret vises under rådet, når tilbagemeldingen vises.", "At most 2,000 characters. The answer is shown below the advice when the feedback is.";
        send_answer: "Send svar", "Send answer";
        change_answer: "Ret svaret", "Change the answer";
        answer_sent: "Svaret er gemt, og læreren får besked, hvis det er muligt.", "The answer is kept, and the teacher is told where possible.";
        answer_changed: "Tilbagemeldingen eller svaret er ændret, siden du åbnede siden. Det, du skrev, står her endnu. Læs igen, og send, hvis det stadig passer.",
            "The feedback or the answer has changed since you opened the page. What you wrote is still here. Read again, and send if it still fits.";
        revise_title: "Ret forløbet på grund af det", "Change the programme because of it";
        revise_lead: "Du begynder en kladde ved siden af det udgivne. Når den er udgivet, kan læserne se, at forløbet er ændret efter råd fra lærere.",
            "You begin a draft beside what is published. Once it is published, readers can see that the programme was changed on teachers’ advice.";
        revise: "Begynd en ændring", "Begin a change";
        revising: "Kladden er skrevet efter råd fra lærere. Det står på siden, når den er udgivet.", "The draft follows teachers’ advice. The page says so once it is published.";
        revision_begun: "Kladden er klar. Skriv ændringen, og send den som sædvanlig.", "The draft is ready. Write the change and send it as usual.";
        to_list: "Alle tilbagemeldinger", "All feedback";

        report_title: "Meld en tilbagemelding", "Report feedback";
        report_lead: "Når du sender, tager vi straks tilbagemeldingen af siden. En redaktør ser på den og beslutter, om den skal vises igen. Du behøver ingen konto.",
            "When you send this, we take the feedback off the page at once. An editor looks at it and decides whether it is shown again. You need no account.";
        report_cleared: "En redaktør har set på tilbagemeldingen før og ladet den stå. Når du sender, bliver den stående, til en redaktør har set på den igen.",
            "An editor has looked at this feedback before and let it stand. When you send this, it stays until an editor has looked at it again.";
        reason: "Hvad er der galt?", "What is wrong?";
        reason_missing: "Vælg, hvad der er galt med tilbagemeldingen.", "Choose what is wrong with the feedback.";
        words: "Fortæl mere (kan udelades)", "Tell us more (optional)";
        words_hint: "Skriv ikke noget følsomt om andre.", "Do not write anything sensitive about others.";
        send_report: "Send, og tag den af siden", "Send and take it off the page";
        send_report_cleared: "Send til en redaktør", "Send to an editor";
        report_too_often(minutes: u64, email: &str): format!("Der er sendt mange meldinger. Vent {}, eller skriv til {email}.", if minutes == 1 { "et minut".to_owned() } else { format!("{minutes} minutter") }),
            format!("Many reports have been sent. Wait {} or write to {email}.", if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") });
        reported_title: "Tak for din melding", "Thank you for your report";
        reported_off: "Tilbagemeldingen er taget af siden og bliver ikke vist, før en redaktør har set på den.",
            "The feedback is off the page and is not shown until an editor has looked at it.";
        reported_queued: "Tilbagemeldingen bliver stående, til en redaktør har set på din melding.", "The feedback stays until an editor has looked at your report.";

        judge_title: "Meldte tilbagemeldinger", "Reported feedback";
        judge_lead: "Læsere har meldt disse tilbagemeldinger. Lad dem stå, hvis de må vises, eller tag dem ned.",
            "Readers have reported this feedback. Let it stand if it may be shown, or take it down.";
        none_reported: "Ingen tilbagemeldinger venter på en beslutning.", "No feedback is waiting for a decision.";
        decided: "Afgjort de seneste 30 dage", "Decided in the last 30 days";
        reports: "Meldinger", "Reports";
        let_stand: "Lad den stå", "Let it stand";
        take_down: "Tag den ned", "Take it down";
        take_down_hint: "Den slettes efter 30 dage; til da kan det fortrydes.", "It is deleted after 30 days; until then this can be undone.";
        undo: "Fortryd", "Undo";
        did_stand: "Tilbagemeldingen bliver stående. En ny melding tager den ikke af siden, men kommer på denne liste.",
            "The feedback stands. A new report does not take it off the page but comes to this list.";
        did_take_down: "Tilbagemeldingen er taget ned.", "The feedback is taken down.";
        did_undo: "Afgørelsen er fortrudt, og tilbagemeldingen venter igen.", "The decision is undone, and the feedback waits again.";
        did_nothing: "Tilbagemeldingen er der ikke længere, eller en anden har besluttet sig.", "The feedback is no longer there, or someone else has decided.";
        about_offer: "Om", "About";
        removed_offer: "et forløb, der ikke er udgivet", "a programme that is not published";
    }
}

impl Text {
    /// Teachers' feedback on an offer.
    pub fn feedback(self) -> Feedback {
        Feedback(self.0)
    }
}

impl Feedback {
    /// What a row of the summary is called.
    pub fn fitted(self, aspect: Aspect) -> &'static str {
        match aspect {
            Aspect::Grade => self.fitted_grade(),
            Aspect::Time => self.fitted_time(),
            Aspect::Subject => self.fitted_subject(),
        }
    }

    /// How many said this, as it stands in a row of the summary: `4 ja`.
    pub fn said(self, count: usize, fit: Fit) -> String {
        use domain::Code as _;
        format!("{count} {}", fit.label(self.0).to_lowercase())
    }
}
