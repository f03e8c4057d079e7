import { readFile } from "node:fs/promises";
import { expect, islandsAwake, test } from "../journey.ts";

test("a teacher finds a programme, saves it and shares the list", async ({ page, baseURL }) => {
  await page.goto("/");
  await page.getByLabel("Klassetrin").selectOption("5");
  await page.getByRole("combobox", { name: "Hvad leder du efter?" }).fill("dyr i vandhullet");
  await page.getByRole("button", { name: "Find forløb" }).click();

  await expect(page).toHaveURL(/\/soeg\?.*q=dyr/);
  await islandsAwake(page);
  await expect(page.getByRole("heading", { name: /^Viser \d+ forløb/ })).toBeVisible();
  const results = page.locator("#results .row");
  await expect(results.first()).toContainText(/vandhul|dyr/i);

  const title = (await results.first().getByRole("heading").innerText()).trim();
  await results.first().getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(/\/tilbud\//);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await islandsAwake(page);

  const save = page.locator("[data-save]").first();
  await expect(save).toContainText("Gem på min liste");
  await save.click();
  await expect(save).toContainText("Gemt på min liste");
  await expect(page.getByRole("status").filter({ hasText: `«${title}» er gemt` })).toBeAttached();

  await page.goto("/min-liste");
  await expect(page.getByRole("heading", { level: 1, name: "Min liste" })).toBeVisible();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await islandsAwake(page);
  const note = page.getByLabel(/Mine noter/);
  await note.fill("Ring om bussen");
  await page.reload();
  await expect(note).toHaveValue("Ring om bussen");
  await islandsAwake(page);
  const started = page.waitForEvent("download");
  await page.getByRole("button", { name: /CSV/ }).click();
  expect(await readFile(await (await started).path(), "utf8")).toContain(";Ring om bussen;");

  const shared = await page.locator(".take-link a").getAttribute("href");
  expect(shared).toMatch(/\/min-liste\?ids=/);
  await page.context().clearCookies();
  await page.goto(new URL(shared ?? "", baseURL).href);
  await expect(page.getByRole("heading", { level: 1, name: "En delt liste" })).toBeVisible();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
});

test("filters update the results in place, and the address with them", async ({ page }) => {
  await page.goto("/soeg?q=museum");
  await islandsAwake(page);
  const count = page.locator("#results-count");
  const before = await count.innerText();
  await page.evaluate(() => Object.assign(window, { samePage: true }));

  const opensSheet = page.getByRole("link", { name: /^Alle filtre/ });
  if (await opensSheet.isVisible()) await opensSheet.click();
  const subject = page.getByRole("group", { name: "Fag", exact: true });
  await subject.getByRole("checkbox", { name: "Historie" }).check();
  await expect(page).toHaveURL(/subject=historie/);
  await expect(count).not.toHaveText(before);
  await expect(page.locator(".chip", { hasText: "Historie" })).toBeAttached();

  // A second choice in the same facet adds to the results.
  const one = await count.innerText();
  await subject.getByRole("checkbox", { name: /^Dansk \d/ }).check();
  await expect(page).toHaveURL(/subject=dansk/);
  await expect(count).not.toHaveText(one);
  expect(await page.evaluate(() => "samePage" in window)).toBe(true);

  await page.goBack();
  await expect(count).toHaveText(one);
  await expect(page.locator(".chip", { hasText: "Historie" })).toBeAttached();
  await expect(page.locator(".chip", { hasText: "Dansk" })).toHaveCount(0);
});

test("what was understood in the words can be undone", async ({ page }) => {
  await page.goto("/soeg?q=vikinger 4. klasse gratis");
  await islandsAwake(page);
  const chips = page.locator(".chips .chip");
  await expect(chips.filter({ hasText: "4. klasse" })).toBeVisible();
  await expect(chips.filter({ hasText: /gratis/i })).toBeVisible();
  const before = await page.locator("#results-count").innerText();
  await chips.filter({ hasText: "4. klasse" }).click();
  await expect(page).toHaveURL(/literal=grade/);
  await expect(chips.filter({ hasText: "4. klasse" })).toHaveCount(0);
  await expect(page.locator("#results-count")).not.toHaveText(before);
});

test("a misspelt word is asked about", async ({ page }) => {
  await page.goto("/soeg?q=vikigner");
  const question = page.locator(".did-you-mean");
  await expect(question).toContainText("Mente du");
  await question.getByRole("link").click();
  await expect(page).toHaveURL(/q=viking/);
  await expect(page.locator("#results .row").first()).toBeVisible();
});

test("no results say what to leave out", async ({ page }) => {
  await page.goto("/soeg?q=museum&subject=historie&grade=0&price=paid&place=online");
  await expect(page.getByRole("heading", { name: "Ingen resultater" })).toBeVisible();
  const way = page.getByRole("link", { name: /Drop filteret|Søg uden ordene/ }).first();
  await way.click();
  await expect(page.getByRole("heading", { name: /^Viser [1-9]/ })).toBeVisible();
});

test("the municipality is remembered and shown", async ({ page }) => {
  await page.goto("/");
  await page.locator(".municipality-chooser summary").click();
  await page.getByLabel("Min kommune").selectOption({ label: "Lolland" });
  await page.getByRole("button", { name: "Gem valget" }).click();
  await expect(page.locator(".municipality-chooser summary")).toContainText("Lolland");
  await expect(page.getByRole("heading", { name: "Nyt nær Lolland" })).toBeVisible();

  await page.goto("/tilbud/lolland-skovbunden");
  await expect(page.getByText("Gratis for os").first()).toBeVisible();
});
