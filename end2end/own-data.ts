import type { Browser, Page } from "@playwright/test";
import { expect } from "./journey.ts";
import { readLetter } from "./letters.ts";
import { administrator, type Look } from "./people.ts";

/**
 * Somebody new makes an account, takes home all there is about them, and deletes it; an administrator finds in the log
 * what has happened, without a name.
 */
export async function comesAndGoes(page: Page, browser: Browser, project: string, look: Look): Promise<void> {
  const email = `gaar-igen-${project}@skolen.example`;
  await page.goto("/opret-konto");
  await page.getByLabel("Dit navn").fill("Viggo Ærø");
  await page.getByLabel("Din e-mailadresse").fill(email);
  await page.getByRole("button", { name: "Send mig et link" }).click();
  await expect(page.getByText(email)).toBeVisible();
  const letter = await readLetter(email, "Opret din konto");
  await page.goto(letter.path("log-ind"));
  await page.getByRole("main").getByRole("button", { name: /^Opret konto/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Min konto" })).toBeVisible();
  await look(page);

  const link = page.getByRole("link", { name: "Hent mine oplysninger (JSON)" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe("anker-mine-oplysninger.json");
  const file = await download.createReadStream();
  const data = JSON.parse(Buffer.concat(await file.toArray()).toString("utf8"));
  expect(data.account.email).toBe(email);
  expect(data.log.map((line: { act: string }) => line.act)).toEqual(expect.arrayContaining(["sign-in", "make-account"]));

  const admin = await administrator(browser, `log-${project}`);
  await admin.goto("/administration");
  await admin.getByRole("link", { name: "Se loggen" }).click();
  await admin.getByLabel("Navn, e-mail, titel eller ord").fill("viggo");
  await admin.getByLabel("Om", { exact: true }).selectOption("Konti og login");
  await admin.getByRole("button", { name: "Søg i loggen" }).click();
  await expect(admin.getByRole("row").filter({ hasText: email }).filter({ hasText: "hentede sine oplysninger" })).toBeVisible();
  await look(admin);

  await page.getByRole("link", { name: "Slet min konto" }).click();
  await expect(page.getByText("Kontoen «Viggo Ærø» forsvinder")).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Slet kontoen" }).click();
  await page.getByRole("alert").getByRole("link", { name: /Sæt kryds/ }).click();
  await page.getByLabel("Ja, slet min konto").check();
  await page.getByRole("button", { name: "Slet kontoen" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Kontoen er slettet" })).toBeVisible();
  await look(page);
  await readLetter(email, "Din konto");
  await page.goto("/konto");
  await expect(page.getByRole("heading", { level: 1, name: "Min konto" })).toHaveCount(0);

  await admin.reload();
  await expect(admin.getByText("Ingen linjer i loggen passer.")).toBeVisible();
  await admin.goto("/administration/log?about=accounts");
  await expect(admin.getByRole("row").filter({ hasText: "En tidligere bruger" }).filter({ hasText: "slettede en konto" }).first()).toBeVisible();
  await expect(admin.getByText("Viggo")).toHaveCount(0);
  await admin.context().close();
}
