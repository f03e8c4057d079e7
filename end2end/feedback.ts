import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { expect } from "./journey.ts";
import { readLetter } from "./letters.ts";
import { administrator, comesByLink, invites, type Look, makesOrganisation, somebody } from "./people.ts";

/** Fills in the form for feedback on an offer and sends it by letter; opens the letter and confirms. */
async function givesByLetter(page: Page, offer: string, email: string, advice: string, look: Look): Promise<void> {
  await page.goto(`/tilbud/${offer}`);
  await page.getByRole("link", { name: "Har I brugt forløbet? Giv en tilbagemelding" }).click();
  await page.getByRole("group", { name: "Passede det til klassetrinnet?" }).getByLabel("Ja").check();
  await page.getByRole("group", { name: "Passede det til den tid, I havde?" }).getByLabel("Delvist").check();
  await page.getByRole("group", { name: "Passede det til faget?" }).getByLabel("Nej").check();
  await page.getByLabel("Hvad ville du sige til en kollega?").fill(advice);
  await page.getByLabel("Ja, til forberedelse").check();
  await page.getByLabel("Min tilbagemelding må vises").check();
  await page.getByLabel("Din e-mailadresse").fill(email);
  await page.getByLabel("Skriv til mig, når udbyderen svarer").check();
  await page.getByRole("button", { name: "Send mig et link" }).click();
  await expect(page.getByRole("status")).toContainText(email);
  await look(page);
  const letter = await readLetter(email, "");
  await page.goto(letter.path("tilbagemelding"));
  await expect(page.getByRole("heading", { level: 1, name: "Bekræft din tilbagemelding" })).toBeVisible();
  await expect(page.getByText(advice)).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Bekræft, og send til udbyderen" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Tak for din tilbagemelding" })).toBeVisible();
}

/**
 * Teachers give feedback by letter, with a mistake first; it is shown when three have agreed; the owner answers and begins
 * a change because of it; a reader reports one, and an editor takes it down, undoes that and lets it stand. With nothing
 * but links and forms.
 */
export async function feedbackIsAnswered(browser: Browser, project: string, look: Look = async () => {}): Promise<void> {
  const museum = `Råmuseet ${project}`;
  const offer = `raad-${project}`;
  const title = `Gode råd ved åen ${project}`;
  const manager = await administrator(browser, `feedback-${project}`);
  const organisation = await makesOrganisation(manager, museum, "Kulturinstitution eller eksternt læringsmiljø");
  const owner = await invites(manager, organisation, browser, `mona-${project}@raamuseet.example`, "Mona Åberg");
  const token = (await readFile(`${process.env.ANKER_TEST_DATA}/token`, "utf8")).match(/anker_[0-9a-f]+/)?.[0];
  const provider = organisation.split("/").pop();
  const line = { type: "offer", id: offer, title, summary: "Klassen samler råd.", provider };
  const imported = await manager.request.post("/api/v1/import", {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" },
    data: `${JSON.stringify(line)}\n`,
  });
  expect(await imported.text()).toMatch(/"(created|updated|unchanged)"/);

  // A mistake first: what is missing is said, and what was typed stays.
  const teacher = await somebody(browser);
  await teacher.goto(`/tilbud/${offer}`);
  await expect(teacher.getByText("når mindst tre har givet lov")).toBeVisible();
  await look(teacher);
  await teacher.getByRole("link", { name: "Har I brugt forløbet? Giv en tilbagemelding" }).click();
  await look(teacher);
  await teacher.getByLabel("Hvad ville du sige til en kollega?").fill("Tag støvler på.");
  await teacher.getByRole("button", { name: "Send mig et link" }).click();
  await teacher.getByRole("alert").getByRole("link", { name: /klassetrinnet/ }).click();
  await expect(teacher.getByLabel("Hvad ville du sige til en kollega?")).toHaveValue("Tag støvler på.");
  await look(teacher);

  for (const [number, advice] of ["Tag støvler på.", "Afsæt god tid.", "Husk madpakken."].entries()) {
    await givesByLetter(teacher, offer, `laerer-${number}-${project}@skolen.example`, advice, number === 0 ? look : async () => {});
  }
  await look(teacher);
  await teacher.goto(`/tilbud/${offer}`);
  const section = teacher.getByRole("region", { name: "Lærernes tilbagemeldinger" });
  await expect(section).toContainText("3 lærere har givet tilbagemelding.");
  await expect(section).toContainText("3 delvist");
  await expect(section).toContainText("Afsæt god tid.");
  await look(teacher);

  await owner.goto("/mit-arbejde");
  await expect(async () => {
    await owner.goto("/mit-arbejde");
    await expect(owner.getByRole("link", { name: "3 tilbagemeldinger venter på svar" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await owner.getByRole("link", { name: "3 tilbagemeldinger venter på svar" }).click();
  await look(owner);
  await owner.getByRole("listitem").filter({ hasText: "Tag støvler på." }).getByRole("link", { name: title }).click();
  await look(owner);
  await owner.getByRole("button", { name: "Send svar" }).click();
  await owner.getByRole("alert").getByRole("link", { name: /Svar til læreren/ }).click();
  await owner.getByLabel("Svar til læreren").fill("Tak. Det skriver vi ind.");
  await owner.getByRole("button", { name: "Send svar" }).click();
  await expect(owner.getByRole("status")).toContainText("Svaret er gemt");
  await look(owner);
  const told = await readLetter(`laerer-0-${project}@skolen.example`, "Svar");
  expect(told.text).toContain("Det skriver vi ind.");
  await owner.getByRole("button", { name: "Begynd en ændring" }).click();
  await expect(owner.getByRole("status")).toContainText("Kladden er klar");
  await expect(owner.getByText("Kladden er skrevet efter råd fra lærere")).toBeVisible();
  await look(owner);
  await owner.goto("/mit-arbejde/tilbagemeldinger");
  await expect(owner.getByRole("region", { name: "Besvarede" })).toContainText("Tag støvler på.");

  await teacher.goto(`/tilbud/${offer}`);
  await expect(section).toContainText(`Svar fra ${museum}`);
  const report = section.getByRole("listitem").filter({ hasText: "Husk madpakken." }).getByRole("link", { name: /^Meld denne tilbagemelding/ });
  await report.click();
  await look(teacher);
  await teacher.getByRole("button", { name: "Send, og tag den af siden" }).click();
  await teacher.getByRole("alert").getByRole("link", { name: "Vælg, hvad der er galt" }).click();
  await teacher.getByLabel("Den handler ikke om forløbet").check();
  await look(teacher);
  await teacher.getByRole("button", { name: "Send, og tag den af siden" }).click();
  await expect(teacher.getByRole("status")).toContainText("er taget af siden");
  await look(teacher);
  await teacher.goto(`/tilbud/${offer}`);
  await expect(section).toContainText("når mindst tre har givet lov");

  const editor = await somebody(browser);
  await comesByLink(editor, `judge-${project}`);
  await editor.goto("/mit-arbejde/redaktion");
  await editor.getByRole("link", { name: /^Meldte tilbagemeldinger/ }).click();
  const item = editor.getByRole("listitem").filter({ has: editor.locator(`a[href="/tilbud/${offer}"]`) });
  await expect(item).toContainText("Husk madpakken.");
  await look(editor);
  await item.getByRole("button", { name: "Tag den ned" }).click();
  await expect(editor.getByRole("status")).toContainText("er taget ned");
  await look(editor);
  await editor.getByRole("status").getByRole("button", { name: "Fortryd" }).click();
  await expect(editor.getByRole("status")).toContainText("venter igen");
  await item.getByRole("button", { name: "Lad den stå" }).click();
  await expect(editor.getByRole("status")).toContainText("bliver stående");
  await teacher.goto(`/tilbud/${offer}`);
  await expect(section).toContainText("Husk madpakken.");
  await look(teacher);
  for (const page of [manager, owner, teacher, editor]) await page.context().close();
}
