import { expect, expectAccessible, test } from "../journey.ts";

const OLD_LINK = `/bekraeft/anker_${"0".repeat(64)}`;

test("a link that confirms nothing any more says so and shows the way", async ({ page }) => {
  await page.goto(OLD_LINK);
  await expect(page.getByRole("heading", { level: 1, name: "Linket gælder ikke længere" })).toBeVisible();
  await expectAccessible(page);
  const way = page.getByRole("main").getByRole("link", { name: "Gå til Mit arbejde" });
  await expect(way).toHaveAttribute("href", "/mit-arbejde");
  await page.goto(`${OLD_LINK}?lang=en`);
  await expect(page.getByRole("heading", { level: 1, name: "The link is no longer good" })).toBeVisible();
  await expectAccessible(page);
});

test("what nobody has confirmed can be asked for, and that is kept until it is taken away", async ({ page }) => {
  await page.goto("/soeg?lapsed=with");
  const chip = page.locator(".chip", { hasText: "Også dem, ingen har bekræftet" });
  await expect(chip).toBeVisible();
  await page.getByLabel("Sortér efter").selectOption("title");
  await expect(page).toHaveURL(/sort=title/);
  await expect(page).toHaveURL(/lapsed=with/);
  await expectAccessible(page);
  await chip.click();
  await expect(chip).toHaveCount(0);
  await expect(page).not.toHaveURL(/lapsed/);
});
