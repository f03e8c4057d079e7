import { expect, test } from "../journey.ts";

test("a consultant reads experiences, and who did what", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Lær af andres erfaringer" }).click();
  await expect(page).toHaveURL(/kind=case/);
  await page.locator("#results .row").first().getByRole("heading").getByRole("link").click();
  await expect(page).toHaveURL(/\/erfaringer\//);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("recommendations show their figures, and lead to one another", async ({ page }) => {
  await page.goto("/anbefalinger");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.locator("main a[href^='/anbefalinger/']").first().click();
  await expect(page).toHaveURL(/\/anbefalinger\/rec-/);
  await expect(page.locator("main")).toContainText("%");
});

test("strategies and roles are read one by one", async ({ page }) => {
  await page.goto("/strategier");
  await page.locator("main a[href^='/strategier/']").first().click();
  await expect(page).toHaveURL(/\/strategier\/[a-z-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  await page.goto("/roller");
  await page.locator("main a[href^='/roller/']").first().click();
  await expect(page).toHaveURL(/\/roller\/[a-z-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a municipality gathers what is there", async ({ page }) => {
  await page.goto("/kommuner");
  await page.getByRole("link", { name: "Lolland", exact: true }).click();
  await expect(page).toHaveURL("/kommuner/lolland");
  await expect(page.getByRole("heading", { level: 1, name: /Lolland/ })).toBeVisible();
  await expect(page.locator("main a[href^='/tilbud/']").first()).toBeVisible();
});

test("every page has its English half", async ({ page }) => {
  await page.goto("/tilbud/lolland-skovbunden");
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL("/en/tilbud/lolland-skovbunden");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("link", { name: "Programmes" }).first().click();
  await expect(page).toHaveURL(/\/en\/soeg\?kind=offer/);
  await expect(page.getByRole("heading", { name: /^Showing \d+ programmes/ })).toBeVisible();
});

test("a page that is not there offers a way on", async ({ page }) => {
  const answer = await page.goto("/tilbud/findes-ikke");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Siden findes ikke" })).toBeVisible();
  await page.locator("main").getByLabel("Hvad leder du efter?").fill("museum");
  await page.locator("main").getByRole("button", { name: "Søg" }).click();
  await expect(page.locator("#results .row").first()).toBeVisible();
});
