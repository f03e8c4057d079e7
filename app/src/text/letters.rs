//! Texts of the letters the portal sends, and of the pages where people choose between them.

use domain::notice::NoticeKind;

texts! {
    /// What letters say.
    Letters {
        greeting(name: &str): format!("Hej {name}"), format!("Hello {name}");
        greeting_nobody: "Hej", "Hello";
        someone: "Nogen", "Somebody";
        open(title: &str): format!("Åbn «{title}»"), format!("Open “{title}”");
        look_over(title: &str): format!("Se «{title}» efter"), format!("Look “{title}” over");
        by(date: &str): format!("Det skal være gjort senest {date}."), format!("It is to be done by {date}.");
        since(date: &str): format!("Siden {date}."), format!("Since {date}.");
        comment(who: &str): format!("{who} skriver:"), format!("{who} writes:");
        comment_nobody: "Begrundelsen er:", "The reason given is:";
        these_links: "Det drejer sig om:", "These are:";

        sign_in_subject: "Dit link til at logge ind på Anker", "Your link to sign in to Anker";
        sign_in: "Her er det link, du har bedt om. Det virker én gang, inden for en halv time.",
            "Here is the link you asked for. It works once, within half an hour.";
        sign_in_button: "Log ind", "Sign in";
        sign_up_subject: "Opret din konto på Anker", "Create your account at Anker";
        sign_up: "Her er det link, der opretter din konto og logger dig ind. Det virker én gang, inden for et døgn.",
            "Here is the link that creates your account and signs you in. It works once, within a day.";
        sign_up_button: "Opret kontoen", "Create the account";
        exists_subject: "Du har allerede en konto på Anker", "You already have an account at Anker";
        exists: "Der blev bedt om at oprette en konto med denne adresse, men du har en i forvejen. Linket logger dig ind på den. Det virker én gang, inden for en halv time.",
            "An account was asked for with this address, but you have one already. The link signs you in to it. It works once, within half an hour.";
        closed_subject: "Din konto på Anker er lukket", "Your account at Anker is closed";
        closed(contact: &str): format!("Der blev bedt om adgang med denne adresse, men kontoen er lukket. Skriv til {contact}, hvis den skal åbnes igen."),
            format!("Access was asked for with this address, but the account is closed. Write to {contact} if it is to be opened again.");
        address_subject: "Er det din adresse? Bekræft den på Anker", "Is this your address? Confirm it at Anker";
        address: "Der er skrevet på Anker, at denne adresse er din. Er det rigtigt, så bekræft det inden for et døgn. Så logger du ind med adressen, og vi skriver til dig her.",
            "It was written at Anker that this address is yours. If that is right, confirm it within a day. Then you sign in with the address, and we write to you here.";
        address_button: "Se og bekræft", "See and confirm";
        taken_subject: "Din adresse på Anker", "Your address at Anker";
        taken: "Nogen har skrevet denne adresse på en anden konto på Anker. Den hører allerede til din konto, så intet er ændret. Var det dig, så log ind med adressen i stedet.",
            "Somebody has written this address on another account at Anker. It belongs to your account already, so nothing has changed. If it was you, sign in with the address instead.";
        deleted_subject: "Din konto på Anker er slettet", "Your account at Anker is deleted";
        deleted(contact: &str): format!("Din konto er slettet, og med den dit navn, din adgangskode og dine medlemskaber. Var det ikke dig, så skriv til {contact}."),
            format!("Your account is deleted, and with it your name, your password and your memberships. If it was not you, write to {contact}.");
        deleted_why(site: &str): format!("Brevet er sendt, fordi der var en konto med denne adresse på {site}. Det er det sidste."),
            format!("This letter was sent because there was an account with this address at {site}. It is the last one.");
        unused_subject: "Din konto på Anker slettes snart", "Your account at Anker is deleted soon";
        unused(date: &str): format!("Ingen har logget ind på din konto i næsten tre år. Den slettes {date}. Log ind inden da, hvis du vil beholde den."),
            format!("Nobody has signed in to your account for almost three years. It is deleted on {date}. Sign in before then if you want to keep it.");
        none_subject: "Der er ingen konto på Anker med denne adresse", "There is no account at Anker with this address";
        none: "Der blev bedt om et link til at logge ind med denne adresse, men den har ingen konto. Måske har du brugt en anden adresse. Ellers kan du oprette en konto.",
            "A link to sign in was asked for with this address, but it has no account. Perhaps you used another address. Otherwise you can create an account.";
        none_button: "Opret en konto", "Create an account";
        invitation_subject(organisation: &str): format!("Invitation: vær med i {organisation} på Anker"), format!("Invitation: join {organisation} at Anker");
        invitation(who: &str, organisation: &str, role: &str): format!("{who} inviterer dig til at være med i {organisation} på Anker som {role}."),
            format!("{who} invites you to join {organisation} at Anker as {role}.");
        invitation_until(date: &str): format!("Invitationen gælder til og med {date}."), format!("The invitation is good until {date}.");
        invitation_button: "Se invitationen", "See the invitation";

        feedback_subject(title: &str): format!("Bekræft din tilbagemelding på «{title}»"), format!("Confirm your feedback on “{title}”");
        feedback(title: &str): format!("Du har skrevet en tilbagemelding på «{title}». Åbn linket, og bekræft den inden en uge. Først da får udbyderen den. Gem brevet: med linket kan du også trække den tilbage."),
            format!("You have written feedback on “{title}”. Open the link and confirm it within a week. Only then does the provider get it. Keep the letter: with the link you can also withdraw it.");
        feedback_button: "Se og bekræft tilbagemeldingen", "See and confirm the feedback";
        reply_subject(title: &str): format!("Svar på din tilbagemelding på «{title}»"), format!("Answer to your feedback on “{title}”");
        reply(who: &str, title: &str): format!("{who} har svaret på din tilbagemelding på «{title}»."), format!("{who} has answered your feedback on “{title}”.");
        reply_why(site: &str): format!("Brevet er sendt, fordi du på {site} bad om at høre, når udbyderen svarede. Der kommer ikke flere, og adressen er ikke længere gemt sammen med tilbagemeldingen."),
            format!("This letter was sent because you asked at {site} to hear when the provider answered. No more will come, and the address is no longer kept with the feedback.");
        asked_why(site: &str): format!("Brevet er sendt, fordi nogen bad om det på {site}. Var det ikke dig, så gør ingenting: uden linket sker der ikke noget."),
            format!("This letter was sent because somebody asked for it at {site}. If it was not you, do nothing: without the link nothing happens.");
        invited_why(site: &str): format!("Brevet er sendt, fordi nogen har inviteret denne adresse på {site}. Kender du ikke afsenderen, så gør ingenting."),
            format!("This letter was sent because somebody has invited this address at {site}. If you do not know the sender, do nothing.");
        notice_why(site: &str): format!("Du får brevet, fordi du har en konto på {site}."), format!("You get this letter because you have an account at {site}.");
        unsubscribe: "Få ikke flere af disse breve", "Get no more of these letters";
        choose: "Vælg, hvilke breve du får", "Choose which letters you get";

        digest_subject(count: usize): if count == 1 { "Nyt på Anker: én ting".to_owned() } else { format!("Nyt på Anker: {count} ting") },
            if count == 1 { "News at Anker: one thing".to_owned() } else { format!("News at Anker: {count} things") };
        digest: "Her er, hvad der er sket siden sidst.", "Here is what has happened since last time.";

        link: "Linket", "The link";
    }
}

impl Letters {
    /// What the button under a notice says.
    pub fn button(self, kind: NoticeKind, title: &str) -> String {
        match kind {
            NoticeKind::ReviewDue | NoticeKind::NotConfirmed | NoticeKind::Lapsed => {
                self.look_over(title)
            }
            _ => self.open(title),
        }
    }

    /// What a notice is called in a list of letters: short, with what it is about.
    pub fn subject(self, kind: NoticeKind, title: &str) -> String {
        use NoticeKind as Kind;
        let (danish, english) = match kind {
            Kind::SubmittedForReview => ("Til gennemsyn", "For review"),
            Kind::TakenBack => ("Trukket tilbage fra gennemsyn", "Taken back from review"),
            Kind::Approved => ("Godkendt", "Approved"),
            Kind::ChangesAsked => ("Du bliver bedt om ændringer", "You are asked for changes"),
            Kind::Declined => ("Afvist", "Declined"),
            Kind::Commented => ("Ny kommentar", "New comment"),
            Kind::PublishedDirectly => ("Udgivet direkte", "Published directly"),
            Kind::PublishedOnSchedule => ("Udgivet i dag som aftalt", "Published today as agreed"),
            Kind::Withdrawn => ("Afpubliceret", "Withdrawn"),
            Kind::Archived => ("Arkiveret", "Archived"),
            Kind::Restored => ("Hentet frem igen", "Restored"),
            Kind::PartnerAsked => ("Godkend erfaringen", "Approve the experience"),
            Kind::PartnerReminded => ("Venter på din godkendelse", "Waits for your approval"),
            Kind::PartnerAnswered => ("En partner har svaret", "A partner has answered"),
            Kind::EditorDecides => ("Venter på din afgørelse", "Waits for your decision"),
            Kind::ReviewDue => ("Tid at se efter", "Time to look over"),
            Kind::NotConfirmed => ("Ikke bekræftet", "Not confirmed"),
            Kind::Lapsed => (
                "Vises ikke længere i søgningen",
                "No longer shown in search",
            ),
            Kind::LinksDead => ("Links virker ikke", "Links do not work"),
            Kind::AnchoringOverdue => {
                ("Hvordan går det med forankringen?", "How is the anchoring?")
            }
            Kind::FeedbackGiven => ("Tilbagemelding fra en lærer", "Feedback from a teacher"),
            Kind::FeedbackAnswered => ("Svar på din tilbagemelding", "Answer to your feedback"),
            Kind::FeedbackReported => ("En tilbagemelding er meldt", "Feedback is reported"),
            Kind::ImageReported => ("Et billede er anmeldt", "An image is reported"),
            Kind::JoinAsked => ("Anmodning om at være med", "Request to join"),
            Kind::Joined => ("Med i organisationen", "In the organisation"),
            Kind::ClaimAsked => ("Anmodning om at overtage", "Request to take over"),
            Kind::RequestDeclined => ("Din anmodning er afvist", "Your request is declined"),
        };
        let between = if danish.ends_with('?') { " " } else { ": " };
        match self.0 {
            domain::Language::Danish => [danish, between, title].concat(),
            domain::Language::English => [english, between, title].concat(),
        }
    }

    /// What has happened, as one or two sentences.
    pub fn told(self, kind: NoticeKind, who: &str, title: &str) -> String {
        use NoticeKind as Kind;
        let (danish, english) = match kind {
            Kind::SubmittedForReview => (
                format!(
                    "{who} har sendt «{title}» til gennemsyn. Godkend det, bed om ændringer, eller afvis det."
                ),
                format!(
                    "{who} has sent “{title}” for review. Approve it, ask for changes or decline it."
                ),
            ),
            Kind::TakenBack => (
                format!(
                    "{who} har trukket «{title}» tilbage fra gennemsyn. Du skal ikke gøre noget."
                ),
                format!(
                    "{who} has taken “{title}” back from review. There is nothing for you to do."
                ),
            ),
            Kind::Approved => (
                format!("{who} har godkendt «{title}»."),
                format!("{who} has approved “{title}”."),
            ),
            Kind::ChangesAsked => (
                format!(
                    "{who} beder om ændringer i «{title}». Ret kladden, og send den til gennemsyn igen."
                ),
                format!(
                    "{who} asks for changes in “{title}”. Change the draft and send it for review again."
                ),
            ),
            Kind::Declined => (
                format!("{who} har afvist «{title}»."),
                format!("{who} has declined “{title}”."),
            ),
            Kind::Commented => (
                format!("{who} har skrevet en kommentar til «{title}»."),
                format!("{who} has written a comment on “{title}”."),
            ),
            Kind::PublishedDirectly => (
                format!(
                    "{who} har udgivet «{title}» uden gennemsyn, fordi udbyderen er betroet til det."
                ),
                format!(
                    "{who} has published “{title}” without review, because the provider is trusted to."
                ),
            ),
            Kind::PublishedOnSchedule => (
                format!("«{title}» er udgivet i dag, som det var aftalt."),
                format!("“{title}” is published today, as was agreed."),
            ),
            Kind::Withdrawn => (
                format!("{who} har afpubliceret «{title}». Det kan ikke længere ses af andre."),
                format!("{who} has withdrawn “{title}”. Others can no longer see it."),
            ),
            Kind::Archived => (
                format!("{who} har arkiveret «{title}»."),
                format!("{who} has archived “{title}”."),
            ),
            Kind::Restored => (
                format!("{who} har hentet «{title}» frem igen som kladde."),
                format!("{who} has restored “{title}” as a draft."),
            ),
            Kind::PartnerAsked => (
                format!(
                    "{who} beder dig om at godkende erfaringen «{title}», som din organisation er nævnt i. Den udgives først, når alle partnere har sagt ja."
                ),
                format!(
                    "{who} asks you to approve the experience “{title}”, in which your organisation is named. It is published only when all partners have said yes."
                ),
            ),
            Kind::PartnerReminded => (
                format!(
                    "Erfaringen «{title}» venter på din organisations svar. De andre partnere venter med."
                ),
                format!(
                    "The experience “{title}” waits for your organisation’s answer. The other partners wait with it."
                ),
            ),
            Kind::PartnerAnswered => (
                format!("{who} har svaret på erfaringen «{title}»."),
                format!("{who} has answered about the experience “{title}”."),
            ),
            Kind::EditorDecides => (
                format!(
                    "En partner i erfaringen «{title}» har ikke svaret i tre uger. Du kan nu afgøre, om den udgives."
                ),
                format!(
                    "A partner in the experience “{title}” has not answered for three weeks. You can now decide whether it is published."
                ),
            ),
            Kind::ReviewDue => (
                format!(
                    "Det er tid at se «{title}» efter. Bekræft, at det stadig passer, eller ret det."
                ),
                format!(
                    "It is time to look “{title}” over. Confirm that it still holds, or change it."
                ),
            ),
            Kind::NotConfirmed => (
                format!(
                    "«{title}» er ikke set efter til tiden og vises nu som ikke bekræftet. Bekræft det, eller ret det."
                ),
                format!(
                    "“{title}” was not looked over in time and is now shown as not confirmed. Confirm it, or change it."
                ),
            ),
            Kind::Lapsed => (
                format!(
                    "«{title}» har ikke været bekræftet i lang tid og vises ikke længere i den almindelige søgning. Bekræft det, så kommer det tilbage."
                ),
                format!(
                    "“{title}” has not been confirmed for a long time and is no longer shown in the ordinary search. Confirm it and it comes back."
                ),
            ),
            Kind::LinksDead => (
                format!(
                    "Et eller flere links i «{title}» virker ikke længere. Ret eller fjern dem."
                ),
                format!("One or more links in “{title}” no longer work. Correct or remove them."),
            ),
            Kind::AnchoringOverdue => (
                format!(
                    "Det er tid at fortælle, hvordan det er gået med forankringen af «{title}»."
                ),
                format!("It is time to tell how the anchoring of “{title}” has gone."),
            ),
            Kind::FeedbackGiven => (
                format!("En lærer har givet tilbagemelding på «{title}». Læs den, og svar."),
                format!("A teacher has given feedback on “{title}”. Read it and answer."),
            ),
            Kind::FeedbackAnswered => (
                format!("{who} har svaret på din tilbagemelding på «{title}»."),
                format!("{who} has answered your feedback on “{title}”."),
            ),
            Kind::FeedbackReported => (
                format!(
                    "En tilbagemelding på «{title}» er meldt. Se på den, og lad den stå, eller tag den ned."
                ),
                format!(
                    "Feedback on “{title}” is reported. Look at it, and let it stand or take it down."
                ),
            ),
            Kind::ImageReported => (
                format!("Et billede i «{title}» er anmeldt. Se på det, og tag stilling."),
                format!("An image in “{title}” is reported. Look at it and decide."),
            ),
            Kind::JoinAsked => (
                format!("{who} vil gerne være med i {title}. Svar ja eller nej."),
                format!("{who} wants to join {title}. Answer yes or no."),
            ),
            Kind::Joined => (
                format!("{who} er nu med i {title}."),
                format!("{who} is now in {title}."),
            ),
            Kind::ClaimAsked => (
                format!("{who} vil gerne overtage {title}, som ingen bestyrer. Svar ja eller nej."),
                format!(
                    "{who} wants to take over {title}, which nobody manages. Answer yes or no."
                ),
            ),
            Kind::RequestDeclined => (
                format!("Din anmodning om {title} er afvist."),
                format!("Your request about {title} is declined."),
            ),
        };
        match self.0 {
            domain::Language::Danish => danish,
            domain::Language::English => english,
        }
    }
}

texts! {
    /// The page where people choose their letters, and the one that turns a kind of letter off.
    LetterChoices {
        title: "Breve", "Letters";
        lead: "Portalen skriver til dig, når noget venter på dig, og samler resten i ét brev om morgenen. Her vælger du selv.",
            "The portal writes to you when something waits for you, and gathers the rest in one letter in the morning. Here you choose.";
        on_account: "Vælg, hvilke breve portalen sender dig, hvornår og på hvilket sprog.", "Choose which letters the portal sends you, when and in which language.";
        no_email: "Din konto har ingen e-mailadresse, så du får ingen breve.", "Your account has no e-mail address, so you get no letters.";
        language: "Sprog i brevene", "Language of the letters";
        danish: "Dansk", "Danish";
        english: "Engelsk", "English";
        digest: "Det daglige overblik", "The daily digest";
        digest_tick: "Send mig det daglige overblik kl. 7, når der er noget nyt", "Send me the daily digest at 7 in the morning when there is news";
        save: "Gem valget", "Save the choice";
        saved: "Dit valg er gemt.", "Your choice is saved.";
        always: "Links til at logge ind, invitationer og andet, du selv eller en anden beder om, sendes altid.",
            "Links for signing in, invitations and whatever else you or somebody else asks for are always sent.";

        off_title: "Få ikke flere af disse breve", "Get no more of these letters";
        off_lead(kind: &str): format!("Det gælder breve om dette: {kind}. Tryk på knappen for at slå dem fra."),
            format!("This is about letters of this kind: {kind}. Press the button to turn them off.");
        off_button: "Slå disse breve fra", "Turn these letters off";
        off_done(kind: &str): format!("Du får ikke flere breve om dette: {kind}."), format!("You get no more letters of this kind: {kind}.");
        undo: "Fortryd", "Undo";
        undone(kind: &str): format!("Du får igen breve om dette: {kind}."), format!("You get letters of this kind again: {kind}.");
        off_all: "Log ind for at vælge mellem alle breve", "Sign in to choose between all letters";
        off_unknown_title: "Linket kendes ikke", "The link is not known";
        off_unknown: "Måske er det ikke kommet hel med fra brevet. Du kan vælge dine breve under «Min konto».",
            "Perhaps it was cut off on the way from the letter. You can choose your letters under “My account”.";
    }
}
