//! Texts about images and files: below an image, reporting one, uploading one, deciding about one.

texts! {
    /// Images and files of offers and experiences.
    Images {
        images: "Billeder", "Images";
        credit(name: &str): format!("Foto: {name}"), format!("Photo: {name}");
        report_this: "Meld dette billede", "Report this image";
        files: "Filer", "Files";
        file_facts(size: &str): format!("PDF, {size}"), format!("PDF, {size}");

        report_title: "Meld et billede", "Report an image";
        report_lead: "Når du sender, tager vi straks billedet ned. En redaktør ser på det og beslutter, om det skal vises igen. Du behøver ingen konto.",
            "When you send this, we take the image down at once. An editor looks at it and decides whether it is shown again. You need no account.";
        report_cleared: "En redaktør har set på billedet før og ladet det stå. Når du sender, bliver det stående, til en redaktør har set på det igen.",
            "An editor has looked at this image before and let it stand. When you send this, it stays until an editor has looked at it again.";
        reason: "Hvad er der galt?", "What is wrong?";
        reason_missing: "Vælg, hvad der er galt med billedet.", "Choose what is wrong with the image.";
        words: "Fortæl mere (kan udelades)", "Tell us more (optional)";
        words_hint: "Hvem er på billedet, eller hvem har taget det? Skriv ikke CPR-nummer eller andet følsomt.",
            "Who is in the image, or who took it? Do not write a civil registration number or anything else sensitive.";
        email: "Din e-mailadresse (kan udelades)", "Your e-mail address (optional)";
        email_hint: "Skriv den, hvis du vil have svar. Vi glemmer den, når en redaktør har besluttet sig.",
            "Give it if you want an answer. We forget it once an editor has decided.";
        send_report: "Send, og tag billedet ned", "Send and take the image down";
        send_report_cleared: "Send til en redaktør", "Send to an editor";
        errors: "Ret dette, og prøv igen", "Correct this and try again";
        report_too_often(minutes: u64, email: &str): format!("Der er sendt mange meldinger herfra. Vent {}, eller skriv til {email}.", if minutes == 1 { "et minut".to_owned() } else { format!("{minutes} minutter") }),
            format!("Many reports have been sent from here. Wait {} or write to {email}.", if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") });
        reported_title: "Tak for din melding", "Thank you for your report";
        reported_down: "Billedet er taget ned og bliver ikke vist, før en redaktør har set på det.", "The image is taken down and is not shown until an editor has looked at it.";
        reported_queued: "Billedet bliver stående, til en redaktør har set på din melding.", "The image stays until an editor has looked at your report.";
        back: "Tilbage til forsiden", "Back to the front page";

        judge_title: "Meldte billeder", "Reported images";
        judge_lead: "Læsere har meldt disse billeder. Lad et billede stå, hvis det må vises, eller fjern det for altid.",
            "Readers have reported these images. Let an image stand if it may be shown, or remove it for good.";
        none_reported: "Ingen billeder venter på en beslutning.", "No images are waiting for a decision.";
        is_down: "Taget ned", "Taken down";
        stands_still: "Vises stadig", "Still shown";
        shown_on: "Hører til", "Belongs to";
        shown_nowhere: "Intet udgivet bruger det nu.", "Nothing published uses it now.";
        reports: "Meldinger", "Reports";
        answer_to(email: &str): format!("Svar til {email}"), format!("Answer {email}");
        answer_subject: "Det billede, du meldte", "The image you reported";
        let_stand: "Lad det stå", "Let it stand";
        remove: "Fjern for altid", "Remove for good";
        remove_confirm: "Ja, slet billedet. Det kan ikke fortrydes.", "Yes, delete the image. It cannot be undone.";
        remove_unconfirmed: "Sæt kryds for at bekræfte, at billedet skal slettes.", "Tick the box to confirm that the image is to be deleted.";
        did_stand: "Billedet vises igen. En ny melding tager det ikke ned, men kommer på denne liste.",
            "The image is shown again. A new report does not take it down but comes to this list.";
        did_remove: "Billedet er slettet og kan ikke lægges op igen.", "The image is deleted and cannot be uploaded again.";
        did_nothing: "Billedet er der ikke længere, eller en anden har besluttet sig.", "The image is no longer there, or someone else has decided.";
        an_image: "Det meldte billede", "The reported image";

        upload_image_title: "Læg et billede op", "Upload an image";
        upload_image_lead: "JPEG, PNG, WebP eller AVIF, højst 15 MB og 50 megapixel. Vi gemmer det i de størrelser, siderne bruger, uden oplysninger om sted, tid og kamera.",
            "JPEG, PNG, WebP or AVIF, at most 15 MB and 50 megapixels. We keep it in the sizes the pages use, without where, when and with what it was taken.";
        upload_file_title: "Læg en fil op", "Upload a file";
        upload_file_lead: "PDF, højst 20 MB. Filen gemmes, som den er, også med navnet på den, der lavede den. Læg ikke andres oplysninger op.",
            "PDF, at most 20 MB. The file is kept as it is, including the name of whoever made it. Do not upload information about others.";
        image: "Billede", "Image";
        file: "Fil", "File";
        upload: "Læg op", "Upload";
        uploaded_image: "Billedet er lagt op", "The image is uploaded";
        uploaded_file: "Filen er lagt op", "The file is uploaded";
        uploaded_lead: "Den vises, når et udgivet forløb eller en udgivet erfaring nævner dens id. Sker det ikke inden en uge, sletter vi den.",
            "It is shown once a published programme or experience names its id. If none does within a week, we delete it.";
        id: "Id", "Id";
        upload_another: "Læg en til op", "Upload another";

        no_file: "Vælg en fil.", "Choose a file.";
        image_too_large: "Billedet fylder mere end 15 MB. Gem det mindre, og prøv igen.", "The image is larger than 15 MB. Save it smaller and try again.";
        file_too_large: "Filen fylder mere end 20 MB. Gem den mindre, eller del den op.", "The file is larger than 20 MB. Save it smaller or split it.";
        too_many_pixels: "Billedet har mere end 50 megapixel. Gør det mindre, og prøv igen.", "The image has more than 50 megapixels. Make it smaller and try again.";
        not_an_image: "Det er ikke et billede, vi kan læse. Brug JPEG, PNG, WebP eller AVIF.", "That is not an image we can read. Use JPEG, PNG, WebP or AVIF.";
        other_image: "Billedet er i et format, vi ikke kan læse, som HEIC. Gem det som JPEG, PNG eller WebP; på en iPhone kan du vælge «Mest kompatibel» under Kamera og Formater.",
            "The image is in a format we cannot read, like HEIC. Save it as JPEG, PNG or WebP; on an iPhone you can choose “Most Compatible” under Camera and Formats.";
        not_a_file: "Det er ikke en PDF. Gem dokumentet som PDF, og prøv igen.", "That is not a PDF. Save the document as a PDF and try again.";
        damaged: "Filen er i stykker eller ikke hel. Gem den igen, og prøv igen.", "The file is damaged or not whole. Save it again and try again.";
        two_things: "Filen er både en PDF og et arkiv. Gem den igen som en almindelig PDF.", "The file is both a PDF and an archive. Save it again as an ordinary PDF.";
        too_slow: "Det tog for lang tid. Prøv igen om lidt, eller med et mindre billede.", "That took too long. Try again in a while, or with a smaller image.";
        removed_before: "En redaktør har fjernet billedet, og det kan ikke lægges op igen. Vælg et andet.", "An editor has removed the image, and it cannot be uploaded again. Choose another.";
        wrong_record: "Vi kan ikke se, hvad det hører til. Gå tilbage til siden, du kom fra, og prøv igen.", "We cannot tell what it belongs to. Go back to the page you came from and try again.";
        upload_too_often(minutes: u64): format!("Du har lagt meget op på kort tid. Vent {}, og prøv igen.", if minutes == 1 { "et minut".to_owned() } else { format!("{minutes} minutter") }),
            format!("You have uploaded a lot in a short time. Wait {} and try again.", if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") });
    }
}
