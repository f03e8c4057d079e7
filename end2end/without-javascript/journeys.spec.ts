import { readFile } from "node:fs/promises";
import { feedbackIsAnswered } from "../feedback.ts";
import { reportAndPutBack } from "../images.ts";
import { chooseAPassword, comeByTheIssuer, expect, test } from "../journey.ts";
import { comesAndGoes } from "../own-data.ts";
import { readLetter } from "../letters.ts";
import { enrol } from "../phone.ts";
import { anOfferIsPublished, threePartnersAgree } from "../publishing.ts";

test("a teacher searches, filters, sorts and saves", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Hvad leder du efter?").fill("museum");
  await page.getByRole("button", { name: "Find forløb" }).click();
  await expect(page.locator("#results .row").first()).toBeVisible();

  await page.getByRole("link", { name: /^Alle filtre/ }).click();
  await page.getByRole("group", { name: "Fag", exact: true }).getByRole("checkbox", { name: "Historie" }).check();
  await page.getByRole("button", { name: "Vis resultater" }).click();
  await expect(page).toHaveURL(/subject=historie/);
  await expect(page.locator(".chip", { hasText: "Historie" })).toBeVisible();

  await page.getByLabel("Sortér efter").selectOption("title");
  await page.getByRole("button", { name: "Brug" }).click();
  await expect(page).toHaveURL(/sort=title/);

  const row = page.locator("#results .row").first();
  const title = (await row.getByRole("heading").innerText()).trim();
  await row.getByRole("button", { name: /Gem på min liste/ }).click();
  await page.goto("/min-liste");
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await page.getByRole("button", { name: /^Fjern/ }).click();
  await expect(page.getByText("Du har ikke gemt noget endnu.")).toBeVisible();
});

test("a list is put in order and taken as files", async ({ page, request }) => {
  await page.goto("/min-liste?ids=lolland-skovbunden,lolland-havet");
  await page.getByRole("button", { name: "Gem alle på min liste" }).click();
  const rows = page.locator(".list-rows .row");
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: /^Flyt ned/ }).first().click();
  await expect(rows.first().getByRole("link")).toHaveAttribute("href", "/tilbud/lolland-havet");

  const calendar = await page.getByRole("link", { name: /kalender/ }).getAttribute("href");
  const answer = await request.get(calendar ?? "");
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toContain("text/calendar");

  await page.getByLabel(/Mine noter/).first().fill("=Ring om bussen");
  const started = page.waitForEvent("download");
  await page.getByRole("button", { name: /CSV/ }).click();
  const table = await readFile(await (await started).path(), "utf8");
  expect(table).toMatch(/^\uFEFFId;Titel;Egne noter;/);
  expect(table).toMatch(/lolland-havet;[^;]*;'=Ring om bussen;/);
});

test("the municipality is chosen by a plain form", async ({ page }) => {
  await page.goto("/soeg");
  await page.locator(".municipality-chooser summary").click();
  await page.getByLabel("Min kommune").selectOption({ label: "Lolland" });
  await page.getByRole("button", { name: "Gem valget" }).click();
  await expect(page).toHaveURL("/soeg");
  await expect(page.locator(".municipality-chooser summary")).toContainText("Lolland");
});

test("the map's dots are links, and pages are turned", async ({ page }) => {
  await page.goto("/kort");
  await page.getByRole("link", { name: /^Lolland: / }).click();
  await expect(page).toHaveURL(/municipality=360/);
  await page.goto("/soeg");
  await page.getByRole("link", { name: "Næste" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.locator("#results .row").first()).toBeVisible();
});

test("an administrator enrols a phone, chooses a password and signs in with both", async ({ page }, testInfo) => {
  await chooseAPassword(page, testInfo.project.name);
});

test("a teacher comes by the issuer and gets an account", async ({ page }, testInfo) => {
  await comeByTheIssuer(page, testInfo.project.name, async () => {});
});

test("somebody takes their data home and deletes their account", async ({ page, browser }, testInfo) => {
  await comesAndGoes(page, browser, testInfo.project.name, async () => {});
});

test("an image is reported and gone, and an editor puts it back", async ({ page }, testInfo) => {
  await reportAndPutBack(page, testInfo.project.name);
});

test("a link by letter signs in, and a choice of letters is kept", async ({ page }, testInfo) => {
  const email = `letters-${testInfo.project.name}@museet.example`;
  await page.goto("/log-ind");
  await page.getByLabel("Send linket til").fill(email);
  await page.getByRole("button", { name: "Send mig et link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Vi har skrevet til dig" })).toBeVisible();
  const letter = await readLetter(email, "Dit link til at logge ind");
  await page.goto(letter.path("log-ind"));
  await page.getByRole("main").getByRole("button", { name: "Log ind", exact: true }).click();
  await enrol(page);
  await page.goto("/konto");
  await page.getByRole("link", { name: "Vælg, hvilke breve du får" }).click();
  await page.getByLabel("Noget er arkiveret").selectOption("Slet ikke");
  await page.getByRole("button", { name: "Gem valget" }).click();
  await expect(page.getByRole("status")).toContainText("Dit valg er gemt");
  await expect(page.getByLabel("Noget er arkiveret")).toHaveValue("off");
});

test("a manager invites, a museum writes, is asked for changes, publishes and is found", async ({ browser }, testInfo) => {
  test.setTimeout(300_000);
  await anOfferIsPublished(browser, testInfo.project.name);
});

test("three partners agree on a case", async ({ browser }, testInfo) => {
  test.setTimeout(300_000);
  await threePartnersAgree(browser, testInfo.project.name);
});

test("a teacher gives feedback and the owner answers", async ({ browser }, testInfo) => {
  test.setTimeout(300_000);
  await feedbackIsAnswered(browser, testInfo.project.name);
});

test("what nobody has confirmed is asked for by a plain form", async ({ page }) => {
  await page.goto("/soeg?lapsed=with");
  await page.getByLabel("Sortér efter").selectOption("title");
  await page.getByRole("button", { name: "Brug" }).click();
  await expect(page).toHaveURL(/lapsed=with/);
  await page.locator(".chip", { hasText: "Også dem, ingen har bekræftet" }).click();
  await expect(page).not.toHaveURL(/lapsed/);
  await page.goto(`/bekraeft/anker_${"0".repeat(64)}`);
  await expect(page.getByRole("heading", { level: 1, name: "Linket gælder ikke længere" })).toBeVisible();
});
