import { expect, islandsAwake, test } from "../journey.ts";

test("suggestions are chosen with the keyboard and heard by a screen reader", async ({ page }) => {
  await page.goto("/soeg");
  await islandsAwake(page);
  const box = page.getByRole("combobox", { name: "Find et forløb" });
  await box.pressSequentially("skovb");
  const list = page.getByRole("listbox", { name: "Forslag" });
  await expect(list.getByRole("option").first()).toBeVisible();
  await expect(box).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("status").filter({ hasText: /\d+ forslag/ })).toBeAttached();

  await box.press("ArrowDown");
  const first = list.getByRole("option").first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(box).toHaveAttribute("aria-activedescendant", (await first.getAttribute("id")) ?? "");

  await box.press("Escape");
  await expect(list).toBeHidden();
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await expect(box).toHaveValue("skovb");

  await box.pressSequentially("und");
  await expect(list.getByRole("option").first()).toContainText(/skovbund/i);
  await box.press("ArrowDown");
  await box.press("Enter");
  await expect(page).not.toHaveURL(/\/soeg$/);
});
