import { expect, islandsAwake, test } from "../journey.ts";

test("the map is walked with the keyboard, and its table says the same", async ({ page }) => {
  await page.goto("/kort");
  await islandsAwake(page);
  const dots = page.locator("svg.map a.dot");
  const rows = page.locator(".map-table tbody tr");
  expect(await dots.count()).toBeGreaterThan(20);
  await expect(rows).toHaveCount(await dots.count());

  // An arrow leads to the nearest dot in its direction.
  const start = page.locator("svg.map a.dot[aria-label^='Aalborg']");
  await start.focus();
  await page.keyboard.press("ArrowDown");
  const focused = page.locator("svg.map a.dot:focus");
  await expect(focused).toHaveCount(1);
  await expect(focused).not.toHaveAttribute("aria-label", /^Aalborg/);
  const label = (await focused.getAttribute("aria-label")) ?? "";
  await expect(page.locator(".map-details")).toHaveText(label);

  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/soeg\?.*municipality=\d{3}/);
  const count = label.split(": ")[1];
  await expect(page.getByRole("heading", { name: new RegExp(`^Viser ${count} `) })).toBeVisible();
});
