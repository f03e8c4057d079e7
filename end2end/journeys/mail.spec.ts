import { readLetter } from "../letters.ts";
import { expect, expectAccessible, test } from "../journey.ts";
import { enrol } from "../phone.ts";

test("a link by letter signs in, and letters are chosen", async ({ page }, testInfo) => {
  const email = `letters-${testInfo.project.name}@museet.example`;
  await page.goto("/log-ind");
  await page.getByLabel("Send linket til").fill("ingen adresse");
  await page.getByRole("button", { name: "Send mig et link" }).click();
  await page.getByRole("alert").getByRole("link").click();
  await expect(page.getByLabel("Send linket til")).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel("Send linket til").fill(email);
  await page.getByRole("button", { name: "Send mig et link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Vi har skrevet til dig" })).toBeVisible();
  await expectAccessible(page);

  const letter = await readLetter(email, "Dit link til at logge ind");
  await page.goto(letter.path("log-ind"));
  await page.getByRole("main").getByRole("button", { name: "Log ind" }).click();
  await enrol(page);
  await page.goto("/konto");
  await page.getByRole("link", { name: "Vælg, hvilke breve du får" }).click();
  await expectAccessible(page);
  await page.getByLabel("Dit er godkendt").selectOption("Med det samme");
  await page.getByLabel(/Send mig det daglige overblik/).uncheck();
  await page.getByRole("button", { name: "Gem valget" }).click();
  await expect(page.getByRole("status")).toContainText("Dit valg er gemt");
  await expect(page.getByLabel("Dit er godkendt")).toHaveValue("at-once");
  await expect(page.getByLabel(/Send mig det daglige overblik/)).not.toBeChecked();

  await page.goto("/administration");
  await page.getByRole("link", { name: "Se posten" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: email }).first()).toContainText("Sendt");
  await expectAccessible(page);
});

test("somebody new makes an account in English", async ({ page }, testInfo) => {
  const email = `new-${testInfo.project.name}@skolen.example`;
  await page.goto("/en/log-ind");
  await page.getByRole("main").getByRole("link", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByLabel("Your name").fill("Nina Ærø");
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByText(email)).toBeVisible();

  const letter = await readLetter(email, "Create your account");
  await page.goto(letter.path("log-ind"));
  await expect(page.getByText(/Nina Ærø/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create account and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  await expect(page.getByText("Nina Ærø")).toBeVisible();
  await page.goto("/en/konto/breve");
  await expect(page.getByLabel("Language of the letters")).toHaveValue("en");
  await expectAccessible(page);
});
