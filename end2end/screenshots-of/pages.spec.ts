import { test } from "@playwright/test";
import { inLanguage, pages } from "../every-page/pages.ts";

const sizes = [
  { name: "phone", width: 360, height: 740 },
  { name: "desk", width: 1280, height: 800 },
];

for (const language of ["da", "en"] as const) {
  for (const path of pages) {
    test(`${language} ${path}`, async ({ page }) => {
      await page.goto(inLanguage(path, language));
      const name = path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "home";
      for (const { name: size, width, height } of sizes) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of language === "da" ? (["light", "dark"] as const) : (["light"] as const)) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: `screenshots/${language}-${name}-${size}-${colorScheme}.png`, fullPage: true });
        }
      }
    });
  }
}
