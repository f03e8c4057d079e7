import { chooseAPassword, expect, expectAccessible, test } from "../journey.ts";

test("a publisher chooses a password, signs in with it, and ends it elsewhere", async ({ page, browser }, testInfo) => {
  await page.goto("/log-ind");
  await expectAccessible(page);
  await chooseAPassword(page, testInfo.project.name);

  // The same person at another machine.
  const elsewhere = await browser.newContext({ baseURL: testInfo.project.use.baseURL });
  const other = await elsewhere.newPage();
  await other.goto("/en/log-ind");
  await other.getByLabel("E-mail address").fill(`${testInfo.project.name}@museet.example`);
  await other.getByLabel("Password").fill("blå hest under bordet");
  await other.getByRole("main").getByRole("button", { name: "Sign in" }).click();
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

  await page.getByRole("link", { name: "Administration" }).click();
  await expect(page.getByRole("heading", { name: "Eksempelindhold" })).toBeVisible();
});
