import type { Browser } from "@playwright/test";
import { expect } from "./journey.ts";
import { administrator, comesByLink, invites, type Look, makesOrganisation, somebody } from "./people.ts";

/**
 * A manager invites; the museum writes, is asked for changes, and publishes; a visitor finds it; of two writers the later
 * one chooses. With nothing but links and forms.
 */
export async function anOfferIsPublished(browser: Browser, project: string, look: Look = async () => {}): Promise<void> {
  const museum = `Æblemuseet ${project}`;
  const title = `Æbler på åen ${project}`;
  const manager = await administrator(browser, `publishing-${project}`);
  const organisation = await makesOrganisation(manager, museum, "Kulturinstitution eller eksternt læringsmiljø");
  await look(manager);
  const writer = await invites(manager, organisation, browser, `pia-${project}@aeblemuseet.example`, "Pia Åen");
  await look(writer);

  await writer.getByRole("link", { name: "Nyt forløb" }).click();
  await writer.getByRole("button", { name: "Begynd" }).click();
  await writer.getByRole("alert").getByRole("link").click();
  await look(writer);
  await writer.getByLabel("Titel").fill(title);
  await writer.getByRole("button", { name: "Begynd" }).click();
  await expect(writer.getByRole("heading", { level: 1, name: "Hvad" })).toBeVisible();
  await writer.getByLabel("Kort fortalt").fill("Klassen sejler med æbler.");
  await writer.getByRole("textbox", { name: "Det sker der", exact: true }).fill("Vi mødes ved **broen**.");
  await look(writer);
  await writer.getByRole("button", { name: "Gem og fortsæt" }).click();
  await expect(writer.getByRole("heading", { level: 1, name: "For hvem" })).toBeVisible();
  await writer.getByLabel("4. klasse").check();
  await writer.getByLabel("Natur/teknologi").check();
  await look(writer);
  await writer.getByRole("button", { name: "Gem og fortsæt" }).click();
  await writer.getByLabel("Sted", { exact: true }).selectOption({ label: "I naturen" });
  await writer.getByLabel("Varighed i minutter").fill("to timer");
  await writer.getByLabel("Pris", { exact: true }).selectOption({ label: "Gratis" });
  await writer.getByRole("button", { name: "Gem og fortsæt" }).click();
  await writer.getByRole("alert").getByRole("link", { name: /Varighed/ }).click();
  await expect(writer.getByLabel("Varighed i minutter")).toHaveValue("to timer");
  await look(writer);
  await writer.getByLabel("Varighed i minutter").fill("120");
  await writer.getByRole("button", { name: "Gem og fortsæt" }).click();
  await expect(writer.getByRole("heading", { level: 1, name: "Før, under og efter" })).toBeVisible();
  await writer.getByRole("link", { name: "Til overblikket" }).click();

  // It says what is missing, and leads there.
  await writer.getByRole("alert").getByRole("link", { name: /E-mailadresse/ }).click();
  await writer.getByLabel("E-mailadresse").fill("skole@aeblemuseet.example");
  await look(writer);
  await writer.getByRole("button", { name: "Gem og se det samlet" }).click();
  await look(writer);
  await writer.getByRole("link", { name: "Se det, som læserne vil se det" }).click();
  await expect(writer.getByText("Sådan vil læserne se det")).toBeVisible();
  await look(writer);
  await writer.getByRole("link", { name: "Tilbage til overblikket" }).click();
  await writer.getByRole("button", { name: "Send til gennemsyn" }).click();
  await expect(writer.getByRole("status")).toContainText("Det er sendt");
  const desk = new URL(writer.url()).pathname;

  const editor = await somebody(browser);
  await comesByLink(editor, `editor-${project}`);
  await editor.getByRole("link", { name: "Mit arbejde" }).click();
  await editor.getByRole("link", { name: "Redaktionens kø" }).click();
  await look(editor);
  await editor.getByRole("link", { name: title }).click();
  await editor.getByRole("button", { name: "Bed om ændringer" }).click();
  await expect(editor.getByRole("alert")).toContainText("Skriv, hvad der skal ændres");
  await look(editor);
  await editor.getByLabel("Hvad skal ændres, eller hvorfor?").fill("Hvilken bro?");
  await editor.getByRole("button", { name: "Bed om ændringer" }).click();
  await expect(editor.getByRole("status")).toBeVisible();

  await writer.goto("/mit-arbejde");
  await writer.getByRole("link", { name: title }).first().click();
  await expect(writer.getByText("Hvilken bro?")).toBeVisible();

  // A colleague opens the same step before it is saved, and is later.
  const colleague = await invites(manager, organisation, browser, `bo-${project}@aeblemuseet.example`, "Bo Æbleskov");
  await colleague.goto(`${desk}/skriv`);
  await writer.goto(`${desk}/skriv`);
  await writer.getByRole("textbox", { name: "Det sker der", exact: true }).fill("Vi mødes ved Klosterbroen.");
  await writer.getByRole("button", { name: "Gem kladde" }).click();
  await expect(writer.getByText("Kladden er gemt.")).toBeVisible();
  await colleague.getByLabel("Kort fortalt").fill("Klassen ror med æbler.");
  await colleague.getByRole("button", { name: "Gem kladde" }).click();
  await expect(colleague.getByRole("heading", { level: 1 })).toContainText("Nogen har ændret det samme");
  await look(colleague);
  await colleague.getByRole("group", { name: "Det sker der" }).getByLabel("Behold det gemte").check();
  await colleague.getByRole("button", { name: "Gem det valgte" }).click();
  await expect(colleague.getByText("Kladden er gemt.")).toBeVisible();
  await expect(colleague.getByLabel("Kort fortalt")).toHaveValue("Klassen ror med æbler.");
  await expect(colleague.getByRole("textbox", { name: "Det sker der", exact: true })).toHaveValue("Vi mødes ved Klosterbroen.");

  await writer.goto(desk);
  await writer.getByRole("button", { name: "Send til gennemsyn" }).click();
  await editor.goto("/mit-arbejde/redaktion");
  await editor.getByLabel(title, { exact: true }).check();
  await editor.getByRole("button", { name: "Godkend de valgte" }).click();
  await look(editor);
  await editor.getByRole("button", { name: "Ja, godkend 1" }).click();
  await expect(editor.getByRole("status")).toContainText("1 er godkendt");
  await look(editor);

  const visitor = await somebody(browser);
  await expect(async () => {
    await visitor.goto(`/soeg?q=${encodeURIComponent(`klosterbroen ${project}`)}`);
    await expect(visitor.getByRole("link", { name: title }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await visitor.getByRole("link", { name: title }).first().click();
  await expect(visitor.getByText("Klosterbroen")).toBeVisible();
  await writer.goto(`${desk}/historik`);
  await look(writer);
  for (const page of [manager, writer, colleague, editor, visitor]) await page.context().close();
}

/** Three partners agree on a case; a change asks them again. With nothing but links and forms. */
export async function threePartnersAgree(browser: Browser, project: string, look: Look = async () => {}): Promise<void> {
  const title = `Åen som klasseværelse ${project}`;
  const manager = await administrator(browser, `agreeing-${project}`);
  const people = [];
  for (const [name, kind, person] of [
    [`Åmuseet ${project}`, "Kulturinstitution eller eksternt læringsmiljø", "Anna"],
    [`Åskolen ${project}`, "Skole", "Søren"],
    [`Ådal Kommune ${project}`, "Kommune", "Kirsten"],
  ] as const) {
    const organisation = await makesOrganisation(manager, name, kind);
    const email = `${person.toLowerCase().replace("ø", "oe")}-${project}@aadal.example`;
    people.push({ name, page: await invites(manager, organisation, browser, email, person) });
  }
  const [museum, school, municipality] = people;

  const page = museum.page;
  await page.getByRole("link", { name: "Ny erfaring" }).click();
  await page.getByLabel("Titel").fill(title);
  await page.getByRole("button", { name: "Begynd" }).click();
  await page.getByLabel("Kort fortalt").fill("Vi lærte af hinanden.");
  await page.getByRole("button", { name: "Gem og fortsæt" }).click();
  for (const { name } of [school, municipality]) {
    await expect(async () => {
      await page.getByLabel("Find en part").fill(name);
      await page.getByRole("button", { name: "Find", exact: true }).click();
      await expect(page.getByRole("button", { name: `Tilføj ${name}` })).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 15_000 });
    await page.getByRole("button", { name: `Tilføj ${name}` }).click();
    await expect(page.getByRole("button", { name: `Fjern ${name}` })).toBeVisible();
  }
  await page.getByLabel(`Undervisning af elever: ${school.name}`).selectOption({ label: "I høj grad" });
  await look(page);
  await page.getByRole("button", { name: "Gem og fortsæt" }).click();
  await page.getByLabel("Elevernes læring").first().selectOption({ label: "I høj grad" });
  await look(page);
  await page.getByRole("button", { name: "Gem og fortsæt" }).click();
  await page.getByRole("textbox", { name: "Det skete der", exact: true }).fill("Det begyndte med en kop kaffe.");
  await page.getByRole("textbox", { name: "Det virkede", exact: true }).fill("Faste møder.");
  await page.getByRole("textbox", { name: "Det virkede ikke", exact: true }).fill("Transporten.");
  await page.getByRole("button", { name: "Gem kladde" }).click();
  await page.getByRole("link", { name: /Forankring og råd/ }).click();
  await page.getByLabel("Hvem har ansvaret?").selectOption({ label: municipality.name });
  await page.getByRole("group", { name: "Forankring 1" }).getByRole("combobox").first().selectOption({ index: 1 });
  await page.getByRole("button", { name: "Tilføj Råd til andre" }).click();
  await look(page);
  await page.getByRole("button", { name: "Gem og se det samlet" }).click();
  await page.getByRole("button", { name: "Send til parterne" }).click();
  await expect(page.getByText(`Venter på ${school.name}, ${municipality.name}.`)).toBeVisible();
  await look(page);
  const desk = new URL(page.url()).pathname;

  await school.page.goto("/mit-arbejde");
  await school.page.getByRole("link", { name: title }).first().click();
  await look(school.page);
  await school.page.getByRole("button", { name: "Godkend denne udgave" }).click();
  await expect(school.page.getByRole("status")).toContainText("Svaret er sendt");
  await municipality.page.goto(desk);
  await municipality.page.getByLabel("Hvad skal ændres, eller hvorfor?").fill("Hvad kostede det?");
  await municipality.page.getByRole("button", { name: "Bed om ændringer" }).click();
  await expect(municipality.page.getByRole("status")).toContainText("Svaret er sendt");

  await page.goto(`${desk}/skriv`);
  await page.getByLabel("Økonomi").fill("5.000 kr. fra kommunens pulje");
  await page.getByRole("button", { name: "Gem kladde" }).click();
  await page.goto(desk);
  await page.getByRole("button", { name: "Send til parterne" }).click();
  // Everybody is asked again, also the one who had approved.
  await expect(page.getByText(`Venter på ${school.name}, ${municipality.name}.`)).toBeVisible();
  for (const partner of [school, municipality]) {
    await partner.page.goto(desk);
    await partner.page.getByRole("button", { name: "Godkend denne udgave" }).click();
    await expect(partner.page.getByRole("status")).toContainText("Svaret er sendt");
  }
  await page.goto(desk);
  await page.getByRole("link", { name: "Se den udgivne side" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByText("5.000 kr.")).toBeVisible();
  await look(page);
  for (const { page } of people) await page.context().close();
  await manager.context().close();
}
