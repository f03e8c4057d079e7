import type { Browser, Page } from "@playwright/test";
import { expect } from "./journey.ts";
import { administrator, invites, type Look } from "./people.ts";

/**
 * An offer that nobody has confirmed for over a year is out of the search, and its link is dead; whoever answers for it
 * says that it holds, and has the link looked at again.
 */
export async function anOfferGoesStaleAndIsConfirmed(page: Page, browser: Browser, project: string, look: Look): Promise<void> {
  const title = `Sejltur med æbler ${project}`;
  const search = `/soeg?q=${encodeURIComponent(`sejltur ${project}`)}&kind=offer`;
  await page.goto(search);
  await expect(page.getByRole("link", { name: title })).toHaveCount(0);
  await page.getByRole("main").getByRole("link", { name: "Vis også dem, ingen har bekræftet" }).first().click();
  await expect(page.getByText("Ikke bekræftet i lang tid").first()).toBeVisible();
  await look(page);
  await page.getByRole("link", { name: title }).first().click();
  await expect(page.getByText("Ingen har set forløbet efter i lang tid")).toBeVisible();
  await look(page);

  const karen = await administrator(browser, `older-${project}`);
  const organisation = `/mit-arbejde/organisationer/sejlmuseet-${project}`;
  await karen.goto(organisation);
  await karen.getByRole("button", { name: "Bed om at komme med" }).click();
  await karen.getByRole("button", { name: /^Luk .* ind$/ }).click();
  await expect(karen.getByRole("status")).toContainText("Personen er med nu");
  const writer = await invites(karen, organisation, browser, `ole-${project}@sejlmuseet.example`, "Ole Ålborg");

  const needs = writer.getByRole("listitem").filter({ hasText: title }).filter({ hasText: "Skulle have været bekræftet" });
  await expect(needs).toContainText("Ikke bekræftet i lang tid");
  await look(writer);
  await needs.getByRole("button", { name: /^Det passer stadig/ }).click();
  await expect(writer.getByRole("status")).toContainText("Det er bekræftet i dag");
  await expect(needs).toHaveCount(0);
  await expect(writer.getByRole("listitem").filter({ hasText: title }).filter({ hasText: "Udgivet" })).toBeVisible();
  await look(writer);

  const dead = writer.getByRole("listitem").filter({ hasText: title }).filter({ hasText: "Ét link virker ikke" });
  await expect(dead).toContainText(`https://sejlmuseet.example/${project}`);
  await expect(dead).toContainText("Siden findes ikke (siden 2. november 2026)");
  await dead.getByRole("button", { name: /^Se efter igen nu/ }).click();
  await expect(writer.getByRole("status")).toBeVisible();
  await look(writer);

  await expect(async () => {
    await page.goto(search);
    await expect(page.getByRole("link", { name: title }).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await page.getByRole("link", { name: title }).first().click();
  await expect(page.getByText("Ingen har set forløbet efter")).toHaveCount(0);
  for (const used of [karen, writer]) await used.context().close();
}
