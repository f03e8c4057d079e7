import { expect, expectAccessible, test } from "../journey.ts";
import { inLanguage, pages } from "./pages.ts";

const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

for (const language of ["da", "en"] as const) {
  for (const path of pages) {
    test(`${language} ${path}`, async ({ page }) => {
      await page.goto(inLanguage(path, language));
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      for (const size of sizes) {
        await page.setViewportSize(size);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `scrolls sideways at ${size.width} pixels`).toBeLessThanOrEqual(0);
        for (const scheme of ["light", "dark"] as const) await expectAccessible(page, scheme);
      }
    });
  }
}
