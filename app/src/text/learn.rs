//! Texts of recommendations, anchoring strategies and roles.

texts! {
    /// Recommendations, anchoring strategies and roles.
    Learn {
        recommendations_title: "Anbefalinger", "Recommendations";
        recommendations_lead: "Råd til jer, der vil samarbejde om undervisning. Hvert råd siger, hvad det bygger på: et tal fra kortlægningen, en erfaring eller begge dele.",
            "Advice for those who want to collaborate on teaching. Each piece says what it rests on: a figure from the mapping, an experience, or both.";
        recommendations_description: "Anbefalinger til skoler, kommuner, kulturinstitutioner og transportaktører med tal og erfaringer bag.",
            "Recommendations for schools, municipalities, cultural institutions and transport providers with the figures and experiences behind them.";
        by_audience: "Hvem er du?", "Who are you?";
        for_audience(audience: &str): format!("Til {audience}"), format!("For {audience}");
        for_everyone: "Til alle", "For everyone";
        no_recommendations: "Der er ingen anbefalinger i portalen endnu.", "There are no recommendations in the portal yet.";
        cases_behind(count: u64): if count == 1 { String::from("1 erfaring") } else { format!("{count} erfaringer") },
            if count == 1 { String::from("1 experience") } else { format!("{count} experiences") };
        findings_behind(count: u64): if count == 1 { String::from("1 fund i kortlægningen") } else { format!("{count} fund i kortlægningen") },
            if count == 1 { String::from("1 finding in the mapping") } else { format!("{count} findings in the mapping") };
        no_figure_but_findings: "Bygger på kortlægningens fund, uden et tal", "Rests on findings of the mapping, without a figure";
        no_figure: "Bygger på erfaringer, ikke på et tal", "Rests on experience, not on a figure";
        evidence: "Det bygger rådet på", "What the advice rests on";
        from_survey: "Fra kortlægningen", "From the mapping";
        from_cases: "Fra erfaringer", "From experiences";
        case_gone: "Erfaringen er ikke længere i portalen.", "The experience is no longer in the portal.";
        no_evidence: "Her er ikke skrevet, hvad rådet bygger på.", "It is not written here what the advice rests on.";
        to_whom: "Til hvem", "For whom";
        about: "Handler om", "About";
        more_recommendations: "Andre anbefalinger", "Other recommendations";
        all_recommendations: "Alle anbefalinger", "All recommendations";
        see_mapping: "Se hele kortlægningen", "See the whole mapping";
        says_survey: "Det siger kortlægningen", "What the mapping says";

        strategies_title: "Forankring", "Anchoring";
        strategies_lead: "Når projektet slutter, skal nogen holde forløbet i live. Her er de måder, andre gør det på, og hvor de er i brug.",
            "When the project ends, somebody must keep the programme alive. Here are the ways in which others do it, and where they are in use.";
        strategies_description: "Strategier til at holde undervisningsforløb i live, når projektet er slut, med erfaringer fra dem, der bruger dem.",
            "Strategies for keeping teaching programmes alive when the project has ended, with experiences from those who use them.";
        used_in_cases(count: u64): if count == 1 { String::from("Brugt i 1 erfaring") } else { format!("Brugt i {count} erfaringer") },
            if count == 1 { String::from("Used in 1 experience") } else { format!("Used in {count} experiences") };
        used_in_offers(count: u64): if count == 1 { String::from("Brugt i 1 forløb") } else { format!("Brugt i {count} forløb") },
            if count == 1 { String::from("Used in 1 programme") } else { format!("Used in {count} programmes") };
        not_used: "Ikke i brug i portalen endnu", "Not in use in the portal yet";
        who_can: "Hvem kan tage ansvaret", "Who can be responsible";
        how: "Sådan gøres det", "How it is done";
        where_used: "Her er den i brug", "Where it is in use";
        alive_of(alive: u64, total: u64): format!("{alive} af {total} er i gang."), format!("{alive} of {total} are active.");
        lapsed_too: "De ophørte står her også: De siger lige så meget om, hvad der holder.",
            "Those that have lapsed are here too: they say just as much about what lasts.";
        nobody_uses: "Ingen erfaringer eller forløb i portalen bruger den endnu.", "No experience or programme in the portal uses it yet.";
        newest_of(shown: u64, total: u64): format!("Her er {shown} af {total}."), format!("Here are {shown} of {total}.");
        see_all_using: "Se alle, der bruger den", "See all that use it";
        other_strategies: "Andre måder at forankre på", "Other ways of anchoring";

        roles_title: "Roller i et samarbejde", "Roles in a collaboration";
        roles_lead: "Aftal fra starten, hvem der gør hvad. Her er de roller, projekterne havde brug for, og hvem der havde dem.",
            "Agree from the start on who does what. Here are the roles the projects needed, and who had them.";
        roles_description: "Roller i samarbejder mellem skole, kommune og kulturinstitution: opgaver, råd og hvem der plejer at have dem.",
            "Roles in collaborations between school, municipality and cultural institution: tasks, advice and who usually has them.";
        tasks: "Opgaver", "Tasks";
        what_it_takes: "Hvad rollen kræver", "What the role takes";
        who_did: "Hvem gjorde det?", "Who did it?";
        who_did_lead(cases: u64): if cases == 1 { String::from("I 1 erfaring er det beskrevet, hvem der løste opgaverne i høj eller nogen grad.") }
                else { format!("I {cases} erfaringer er det beskrevet, hvem der løste opgaverne i høj eller nogen grad.") },
            if cases == 1 { String::from("1 experience describes who carried out the tasks to a high or some degree.") }
                else { format!("{cases} experiences describe who carried out the tasks to a high or some degree.") };
        who_did_newest(cases: u64): format!("I de {cases} nyeste erfaringer med opgaverne er det beskrevet, hvem der løste dem i høj eller nogen grad."),
            format!("The {cases} newest experiences with the tasks describe who carried them out to a high or some degree.");
        who_did_caption: "Hvem der løste opgaverne", "Who carried out the tasks";
        partner_kind: "Slags part", "Kind of partner";
        number_of_cases: "Erfaringer", "Experiences";
        nobody_did: "Ingen erfaringer i portalen siger endnu, hvem der løste disse opgaver.",
            "No experience in the portal says yet who carried out these tasks.";
        examples: "Eksempler", "Examples";
        see_all_with_tasks: "Se alle erfaringer med disse opgaver", "See all experiences with these tasks";
        other_roles: "Andre roller", "Other roles";

        mapping_title: "Kortlægning", "The mapping";
        mapping_lead(projects: u64): format!("I 2016 svarede deltagere i {projects} støttede samarbejdsprojekter på, hvad der drev dem, hvad de fik ud af det, og hvad der var svært. Her er alle tal, der står i udgivelsen."),
            format!("In 2016, participants in {projects} supported collaboration projects answered what drove them, what they got out of it and what was hard. Here are all the figures of the publication.");
        mapping_description: "Tal fra kortlægningen i 2016 af 26 støttede samarbejdsprojekter mellem skoler, kommuner og kulturinstitutioner.",
            "Figures from the 2016 mapping of 26 supported collaboration projects between schools, municipalities and cultural institutions.";
        dimension_motivation: "Motivation", "Motivation";
        dimension_motivation_development: "Motivationen undervejs", "Motivation along the way";
        dimension_role_clarity: "Roller", "Roles";
        dimension_task: "Opgaver", "Tasks";
        dimension_outcome: "Udbytte", "Outcome";
        dimension_success: "Lykkedes det?", "Did it succeed?";
        dimension_challenge: "Udfordringer", "Challenges";
        dimension_sharing: "Videndeling", "Knowledge sharing";
        dimension_anchoring: "Forankring", "Anchoring";
        dimension_other: "Andet", "Other";
        statement: "Udsagn", "Statement";
        share: "Andel og antal svar (N)", "Share and number of answers (N)";
        answers_for_survey: "for undersøgelsen", "for the survey";
        findings: "Det fandt undersøgelsen også", "What the survey also found";
        reading: "Sådan skal tallene læses", "How to read the figures";
        reading_population: "I hvert projekt var der én kommune, mindst én skole og mindst én kulturinstitution eller et andet eksternt læringsmiljø. Elleve projekter fik støtte fra en pulje, og femten var med i Museet i den åbne skole.",
            "Each project had one municipality, at least one school and at least one cultural institution or other external learning environment. Eleven projects were supported by a pool, and fifteen took part in The Museum in the Open School.";
        reading_number: "57–58 personer svarede. Udgivelsen skriver N ved to figurer; ved de andre tal står «for undersøgelsen», fordi antallet ikke er oplyst for netop dem.",
            "57–58 people answered. The publication states N at two figures; the others say “for the survey”, because the number is not stated for them.";
        reading_all: "To tal på 100 % er skrevet som ordet «alle» i udgivelsen. Enkelte søjler i dens diagrammer har ingen tal i teksten og er derfor ikke med.",
            "Two figures of 100% are written as the word “all” in the publication. Some bars of its diagrams have no figures in the text and are therefore left out.";
        use_it: "Brug tallene", "Use the figures";
        use_it_lead: "Anbefalingerne bygger på tallene og på erfaringer fra andre:", "The recommendations rest on the figures and on experiences from others:";
    }
}
