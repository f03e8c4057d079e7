import { expect, test } from "../journey.ts";

for (const path of ["/tilbud/lolland-skovbunden", "/erfaringer/mas-museet-i-den-aabne-skole", "/soeg?q=museum"]) {
  test(`${path} prints without what is only for the screen`, async ({ page }) => {
    await page.goto(path);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(".site-navigation")).toBeHidden();
    await expect(page.locator("[data-save]").first()).toBeHidden();
    await page.emulateMedia({ media: "screen" });
  });
}
