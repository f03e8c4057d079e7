//! Texts of the pages about the portal itself: what it is, privacy, accessibility.

texts! {
    /// What the portal is.
    About {
        title: "Om Anker", "About Anker";
        lead: "Anker er et fælles sted, hvor skoler, kommuner og kulturinstitutioner finder undervisningsforløb og lærer af hinandens samarbejder.",
            "Anker is a shared place where schools, municipalities and cultural institutions find teaching programmes and learn from each other’s collaborations.";
        why: "Hvorfor", "Why";
        why_text: "De fleste samarbejder slutter, når projektpengene slutter. Forløbet bliver glemt, og det, I lærte, bliver hos jer. Anker holder forløb, erfaringer, roller og måder at forankre på i live, så de kan findes og bruges af andre.",
            "Most collaborations end when the project money ends. The programme is forgotten, and what you learned stays with you. Anker keeps programmes, experiences, roles and ways of anchoring alive, so that others can find and use them.";
        what: "Det kan du her", "What you can do here";
        what_find: "**Find et forløb** til din klasse, på fag, klassetrin, pris og afstand – uden konto.",
            "**Find a programme** for your class by subject, grade, price and distance – without an account.";
        what_learn: "**Læs erfaringer** fra samarbejder: hvem gjorde hvad, hvad virkede, og hvad var svært.",
            "**Read experiences** from collaborations: who did what, what worked, and what was hard.";
        what_decide: "**Brug anbefalingerne**, der hver siger, hvilket tal eller hvilken erfaring de bygger på.",
            "**Use the recommendations**, each of which says which figure or experience it rests on.";
        what_municipality: "**Se din kommune** med dens forløb, erfaringer, institutioner og skoler.",
            "**See your municipality** with its programmes, experiences, institutions and schools.";
        sample: "Eksempelindhold", "Sample content";
        sample_text: "Portalen begynder med eksempler, der er samlet fra offentlige sider og fortalt med egne ord. De er mærket, og hver har et link til sin kilde. Et tilbud kan være ophørt, siden det blev skrevet ned: Se altid kilden, før du planlægger. En administrator kan fjerne alle eksempler på én gang.",
            "The portal begins with examples gathered from public pages and told in our own words. They are marked, and each has a link to its source. An offer may have ended since it was written down: always see the source before you plan. An administrator can remove all the examples at once.";
        figures: "Tallene", "The figures";
        figures_text: "Tal i anbefalingerne kommer fra en kortlægning fra 2016 af 26 støttede samarbejdsprojekter. Hvert tal står med sit N.",
            "Figures in the recommendations come from a mapping from 2016 of 26 supported collaboration projects. Every figure is shown with its N.";
        see_mapping: "Se kortlægningen", "See the mapping";
        distances: "Afstande og kort", "Distances and map";
        distances_text: "Afstande er i luftlinje. Er stedets præcise adresse ikke kendt, er de regnet fra kommunens største by. Kortet har én prik for hver kommune og henter ikke noget fra andre.",
            "Distances are as the crow flies. Where the exact address is not known, they are counted from the municipality’s main town. The map has one dot for each municipality and fetches nothing from others.";
        open: "Åben kode og åbne data", "Open code and open data";
        open_text: "Anker er fri software under licensen MPL-2.0. Alt, der er udgivet, kan også hentes af programmer:",
            "Anker is free software under the licence MPL-2.0. Everything published can also be fetched by programs:";
        contact: "Kontakt", "Contact";
        contact_text: "Kontakt os om portalen, om fejl i indholdet, eller hvis noget skal tages af.",
            "Contact us about the portal, about mistakes in the content, or if something should be taken down.";
    }
}

texts! {
    /// What the portal keeps about people.
    Privacy {
        title: "Privatliv", "Privacy";
        lead: "Du kan bruge Anker uden konto, og vi følger dig ikke.", "You can use Anker without an account, and we do not follow you.";
        browser: "Det, der ligger i din browser", "What is kept in your browser";
        browser_text: "Intet af det bliver brugt til andet end det, du bad om, og du behøver ikke sige ja til noget.",
            "None of it is used for anything but what you asked for, and there is nothing to consent to.";
        duration: "Varer", "Lasts";
        one_year: "et år, eller til du fjerner den.", "a year, or until you remove it.";
        until_removed: "til du fjerner dem.", "until you remove them.";
        municipality_purpose: "Den kommune, du har valgt, så vi kan vise det, der er nær jer. Bliver sat, når du vælger en kommune.",
            "The municipality you have chosen, so that we can show what is near you. It is set when you choose a municipality.";
        list_purpose: "De forløb, du har gemt på «Min liste». Bliver sat, når du gemmer et forløb.",
            "The programmes you have saved to “My list”. It is set when you save a programme.";
        notes_purpose: "Dine egne noter til gemte forløb. De bliver i browseren. Henter du listen som regneark, sendes de med for at komme i filen, og vi gemmer dem ikke.",
            "Your own notes on saved programmes. They stay in the browser. If you download the list as a spreadsheet, they are sent along to go into the file, and we do not keep them.";
        notes_name: "Noter (browserens lager)", "Notes (the browser’s storage)";
        cookie(name: &str): format!("Cookien «{name}»"), format!("The cookie “{name}”");
        server: "Det, serveren skriver ned", "What the server writes down";
        server_text: "Serveren fører en teknisk log over forespørgsler: tidspunkt, adressen på siden, svarets længde og en eventuel fejl. Den bruges til at finde fejl og holde portalen i gang. Søgeord bliver ikke knyttet til en person.",
            "The server keeps a technical log of requests: the time, the page’s address, the length of the answer and any error. It is used to find faults and keep the portal running. Words searched for are not tied to a person.";
        account: "Hvis du har en konto", "If you have an account";
        account_text: "Så gemmer vi dit navn, din e-mailadresse og en kode, som din adgangskode kan prøves mod, men ikke læses af. Når du logger ind, sætter vi en cookie, der varer tolv timer, eller til du logger ud, og vi gemmer så længe, hvornår og med hvilken slags browser du loggede ind. Har du slået to-trins-login til, gemmer vi nøglen, din app laver koder af, og dine nødkoder i en form, de ikke kan læses ud af. Logger du ind med Unilogin eller lignende, gemmer vi et fingeraftryk af dit nummer dér, så vi kan kende dig igen, og navnet og adressen skriver du selv. Er du elev, gemmer vi intet. Du ser det selv under «Min konto». Vi gemmer også den dag, du sidst loggede ind: en konto, ingen har brugt i tre år, bliver slettet, og du får besked 30 dage før. En log over, hvem der gjorde hvad, gemmer vi i to år, så fejl og misbrug kan findes; kun administratorer læser den.",
            "Then we keep your name, your e-mail address and a code that your password can be tried against but not read from. When you sign in we set a cookie that lasts twelve hours or until you sign out, and keep for as long when and with what kind of browser you signed in. If you have turned on two-step sign-in, we keep the key that your app makes codes from, and your recovery codes in a form they cannot be read from. If you sign in with Unilogin or the like, we keep a fingerprint of your number there, so that we know you again, and you give name and address yourself. If you are a pupil, we keep nothing. You see it yourself under “My account”. We also keep the day on which you last signed in: an account that nobody has used for three years is deleted, and you are told 30 days before. A log of who did what is kept for two years, so that faults and misuse can be found; only administrators read it.";
        letters: "Breve", "Letters";
        letters_text: "Vi skriver til dig, når du beder om et link, og når noget sker, du har valgt at få besked om. Det, der står i et brev, gemmer vi kun, til det er sendt. Modtagerens adresse, slags brev og tidspunkt gemmer vi i 30 dage, så fejl kan findes. Et brev, der ikke kunne sendes, gemmer vi i 90 dage. Dit valg af breve gemmer vi, så længe du har en konto. Der er ingen billeder eller sporing i brevene, så vi ved ikke, om du læser dem.",
            "We write to you when you ask for a link, and when something happens that you have chosen to be told of. What a letter says is kept only until it is sent. The recipient’s address, the kind of letter and the time are kept for 30 days so that faults can be found. A letter that could not be sent is kept for 90 days. Your choice of letters is kept as long as you have an account. There are no images and no tracking in the letters, so we do not know whether you read them.";
        others: "Andre", "Others";
        others_text: "Ingen side henter noget fra andre end portalen selv: ingen skrifttyper, kort, statistik eller knapper udefra. Links til kilder og udbydere fører til deres egne sider, som har deres egne regler.",
            "No page fetches anything from anyone but the portal itself: no fonts, maps, statistics or buttons from elsewhere. Links to sources and providers lead to their own pages, which have their own rules.";
        people: "Personer, der er nævnt i indholdet", "People named in the content";
        people_text: "Et forløb kan nævne en kontaktperson med navn, funktion, mail og telefon, fordi udbyderen har skrevet det offentligt. Er du nævnt og vil rettes eller slettes, så skriv til os, eller bed udbyderen om at rette det.",
            "A programme may name a contact person with name, role, e-mail and telephone, because the provider has published it. If you are named and want to be corrected or removed, write to us or ask the provider to correct it.";
        images: "Billeder og filer", "Images and files";
        images_text: "Billeder lægges op af dem, der skriver om forløb og erfaringer, og de siger, hvorfor billedet må vises. Vi fjerner det, der fulgte med om sted, tid og kamera, og gemmer, hvem der lagde det op. Er du eller dit barn på et billede, så tryk på «Meld dette billede» under det: Så er det straks væk, til en redaktør har set på det. Du behøver ikke skrive, hvem du er. Skriver du din e-mailadresse, glemmer vi den, når redaktøren har besluttet sig, og resten af meldingen en måned efter. For at ingen skal tage alt ned, tæller vi meldinger fra samme adresse på nettet i en time; tallet bliver ikke gemt.",
            "Images are uploaded by those who write about programmes and experiences, and they say why the image may be shown. We remove what came with it about place, time and camera, and keep who uploaded it. If you or your child is in an image, press “Report this image” below it: it is gone at once, until an editor has looked at it. You need not say who you are. If you give your e-mail address, we forget it when the editor has decided, and the rest of the report a month later. So that nobody takes everything down, we count reports from the same address on the net for an hour; the number is not kept.";
        feedback: "Tilbagemeldinger på forløb", "Feedback on programmes";
        feedback_text: "Giver du tilbagemelding på et forløb, går den til udbyderen uden dit navn, og den vises kun for andre, uden navn, hvis du har sagt ja, og mindst to andre har. Uden konto sender vi et link til din e-mailadresse. Bekræfter du ikke inden en uge, sletter vi det hele. Bekræfter du, glemmer vi adressen og gemmer kun et fingeraftryk, så samme person tæller én gang; har du bedt om at høre, når udbyderen svarer, gemmer vi adressen til da. Tilbagemeldingen gemmer vi i tre år, eller til du trækker den tilbage på forløbets side eller med linket i brevet.",
            "If you give feedback on a programme, it goes to the provider without your name, and it is shown to others, without a name, only if you have said yes and at least two others have. Without an account we send a link to your e-mail address. If you do not confirm within a week, we delete all of it. If you confirm, we forget the address and keep only a fingerprint, so that the same person counts once; if you asked to hear when the provider answers, we keep the address until then. The feedback is kept for three years, or until you withdraw it on the programme’s page or with the link in the letter.";
        rights: "Dine rettigheder", "Your rights";
        rights_text: "Du har efter databeskyttelsesforordningen (GDPR) ret til at få indsigt i, rettet eller slettet oplysninger om dig selv. Har du en konto, henter du alt om dig og sletter kontoen under «Min konto». Ellers skriv til os. Du kan klage til Datatilsynet, [datatilsynet.dk](https://www.datatilsynet.dk).",
            "Under the General Data Protection Regulation (GDPR) you have the right to see, correct or delete information about yourself. If you have an account, you download all there is about you and delete the account under “My account”. Otherwise write to us. You can complain to the Danish Data Protection Agency, [datatilsynet.dk](https://www.datatilsynet.dk).";
        contact: "Kontakt", "Contact";
    }
}

texts! {
    /// The accessibility statement.
    Accessibility {
        title: "Tilgængelighedserklæring", "Accessibility statement";
        heading: "Tilgængeligheds\u{ad}erklæring", "Accessibility statement";
        lead(url: &str): format!("Denne erklæring gælder for {url}. Portalen skal kunne bruges af alle, også med skærmlæser, tastatur, forstørrelse eller JavaScript slået fra."),
            format!("This statement applies to {url}. Everyone must be able to use the portal, also with a screen reader, a keyboard, magnification or with JavaScript off.");
        law: "Loven", "The act";
        law_text: "Erklæringen følger lov om tilgængelighed af offentlige organers websteder og mobilapplikationer (lov nr. 692 af 8. juni 2018), bekendtgørelse nr. 904 af 22. august 2019 og EU-Kommissionens standarderklæring (gennemførelsesafgørelse 2018/1523). Kravene er dem i EN 301 549, som svarer til WCAG på niveau AA.",
            "The statement follows the Danish act on the accessibility of the websites and mobile applications of public bodies (act no. 692 of 8 June 2018), executive order no. 904 of 22 August 2019 and the European Commission’s model statement (implementing decision 2018/1523). The requirements are those of EN 301 549, which correspond to WCAG at level AA.";
        status: "Overholdelse", "Compliance status";
        status_text: "Portalen overholder **delvist** kravene. Selve portalen er bygget og prøvet efter WCAG 2.2 på niveau AA. Afvigelserne herunder gælder det indhold, som andre skriver.",
            "The portal complies **partially** with the requirements. The portal itself is built and tested to WCAG 2.2 at level AA. The exceptions below concern content that others write.";
        not_accessible: "Indhold, der ikke er tilgængeligt", "Content that is not accessible";
        not_accessible_documents: "**Sider og dokumenter hos andre.** Forløb og erfaringer henviser til udbyderes sider og filer. Dem råder vi ikke over, og de kan have mangler.",
            "**Pages and documents elsewhere.** Programmes and experiences refer to providers’ pages and files. They are not ours to change, and may have shortcomings.";
        not_accessible_language: "**Indhold på dansk på de engelske sider.** Udbyderes tekster er på dansk. De er mærket, så en skærmlæser læser dem op på dansk (succeskriterium 3.1.2), men de er ikke oversat.",
            "**Danish content on the English pages.** Providers’ texts are in Danish. They are marked so that a screen reader reads them aloud in Danish (success criterion 3.1.2), but they are not translated.";
        not_accessible_words: "**Tekster, som publicister skriver.** Vi sikrer overskrifter, lister og links i opbygningen, men kan ikke love, at alle tekster er lette at læse, eller at alle linktekster siger, hvor de fører hen (2.4.4).",
            "**Texts that publishers write.** We ensure headings, lists and links in the structure, but cannot promise that every text is easy to read or that every link text says where it leads (2.4.4).";
        alternatives: "Kan du ikke bruge noget, så kontakt os. Vi finder oplysningerne til dig på en anden måde.",
            "If there is something you cannot use, contact us. We will find the information for you in another way.";
        prepared: "Udarbejdelse af erklæringen", "Preparation of this statement";
        prepared_text(date: &str): format!("Erklæringen er udarbejdet den {date} på grundlag af en selvevaluering: automatiske prøver med axe af alle sider på begge sprog og i lyst og mørkt farvevalg, og gennemgang med tastatur og uden JavaScript. Den ses efter mindst én gang om året, og når portalen ændres væsentligt."),
            format!("The statement was prepared on {date} on the basis of a self-assessment: automatic tests with axe of all pages in both languages and in light and dark colours, and a walk-through with the keyboard and without JavaScript. It is reviewed at least once a year, and when the portal changes materially.");
        feedback: "Sig til, og kontakt os", "Feedback and contact";
        feedback_text: "Møder du indhold, du ikke kan bruge, eller har du brug for det i en anden form, så kontakt os. Sig gerne, hvilken side det handler om. Du får svar inden for 10 arbejdsdage.",
            "If you meet content that you cannot use, or need it in another form, contact us. Please say which page it is about. You will have an answer within 10 working days.";
        feedback_subject: "Tilgængelighed på Anker", "Accessibility of Anker";
        enforcement: "Håndhævelse", "Enforcement procedure";
        enforcement_text: "Digitaliseringsstyrelsen fører tilsyn med loven. Kontakt os først. Har du ikke fået svar inden for 10 arbejdsdage, eller er svaret ikke tilfredsstillende, kan du henvende dig til Digitaliseringsstyrelsen på telefon 20 16 36 12 eller via [styrelsens side om indhold, der ikke er tilgængeligt](https://digst.dk/digital-inklusion/webtilgaengelighed/oplever-du-ikke-tilgaengeligt-indhold/).",
            "The Danish Agency for Digital Government (Digitaliseringsstyrelsen) supervises the act. Contact us first. If you have had no answer within 10 working days, or the answer is not satisfactory, you can turn to the agency by telephone on +45 20 16 36 12 or through [its page on content that is not accessible](https://digst.dk/digital-inklusion/webtilgaengelighed/oplever-du-ikke-tilgaengeligt-indhold/) (in Danish).";
        more: "Det gør vi", "What we do";
        more_keyboard: "Alt kan nås og bruges med tastatur, og fokus er altid synligt.", "Everything can be reached and used with a keyboard, and the focus is always visible.";
        more_script: "Ingen side kræver JavaScript for at blive læst, søgt i eller sendt.", "No page needs JavaScript to be read, searched or sent.";
        more_figures: "Tegninger, kort og søjler har de samme oplysninger som tekst eller tabel.", "Drawings, maps and bars have the same information as text or a table.";
        more_settings: "Siderne følger dine indstillinger for mørkt farvevalg, høj kontrast, skriftstørrelse og mindre bevægelse.",
            "The pages follow your settings for dark colours, high contrast, text size and reduced motion.";
    }
}
