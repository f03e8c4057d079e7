import { chooseAPassword, expect, expectAccessible, test } from "../journey.ts";

test("an administrator enrols a phone, chooses a password, signs in with both, and ends it elsewhere", async ({ page, browser }, testInfo) => {
  await page.goto("/log-ind");
  await expectAccessible(page);
  const codes = await chooseAPassword(page, testInfo.project.name);

  // The same person at another machine, without the phone.
  const elsewhere = await browser.newContext({ baseURL: testInfo.project.use.baseURL });
  const other = await elsewhere.newPage();
  await other.goto("/en/log-ind");
  await other.getByLabel("E-mail address").fill(`${testInfo.project.name}@museet.example`);
  await other.getByLabel("Password").fill("blå hest under bordet");
  await other.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Enter your code" })).toBeVisible();
  await expectAccessible(other);
  await other.getByLabel("Recovery code").fill(codes[2].toLowerCase());
  await other.getByRole("button", { name: "Sign in with a recovery code" }).click();
  await expect(other.getByRole("status")).toContainText("You have 9 recovery codes left");
  await expectAccessible(other);
  await other.getByRole("link", { name: "To my account" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();

  await page.reload();
  await expect(page.locator(".sessions li")).toHaveCount(2);
  await page.getByRole("button", { name: "Log ud alle andre steder" }).click();
  await expect(page.getByRole("status")).toContainText("logget ud alle andre steder");
  await expect(page.locator(".sessions li")).toHaveCount(1);
  await other.reload();
  await expect(other.getByRole("heading", { level: 1, name: "You are not signed in" })).toBeVisible();
  await elsewhere.close();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Skift telefon eller lav nye nødkoder" }).click();
  await page.getByLabel("Kode fra appen eller en nødkode").fill(codes[2]);
  await page.getByRole("button", { name: "Lav nye nødkoder" }).click();
  await expect(page.getByRole("alert")).toContainText("brugt før");
  await expectAccessible(page);
  await page.getByLabel("Kode fra appen eller en nødkode").fill(codes[3]);
  await page.getByRole("button", { name: "Skift til en anden telefon" }).click();
  await expect(page.getByRole("button", { name: "Brug den nye app" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Fortryd" }).click();
  await page.getByLabel("Kode fra appen eller en nødkode").fill(codes[4]);
  await page.getByRole("button", { name: "Lav nye nødkoder" }).click();
  await expect(page.locator(".recovery-codes li")).toHaveCount(10);
  await expect(page.locator(".recovery-codes")).not.toContainText(codes[5]);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Jeg har gemt dem" }).click();

  await page.getByRole("link", { name: "Administration" }).click();
  await expect(page.getByRole("heading", { name: "Eksempelindhold" })).toBeVisible();
});
