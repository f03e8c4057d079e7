import { expect, expectAccessible, test } from "../journey.ts";
import { inLanguage, pages } from "./pages.ts";

for (const language of ["da", "en"] as const) {
  for (const path of pages) {
    test(`${language} ${path}`, async ({ page }) => {
      await page.goto(inLanguage(path, language));
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expectAccessible(page, "dark");
      await page.setViewportSize({ width: 360, height: 740 });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, "scrolls sideways on a phone").toBeLessThanOrEqual(0);
      await expectAccessible(page, "light");
    });
  }
}
