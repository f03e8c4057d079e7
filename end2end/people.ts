import type { Browser, Page } from "@playwright/test";
import { expect, signInLink } from "./journey.ts";
import { enrol } from "./phone.ts";

/** What is done at each page that a journey stops at: an audit, where there are scripts to do it. */
export type Look = (page: Page) => Promise<void>;

/** A browser of somebody's own. */
export async function somebody(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** Comes by the one-time link of an account. */
export async function comesByLink(page: Page, account: string): Promise<void> {
  await page.goto(await signInLink(account));
  await page.getByRole("main").getByRole("button", { name: "Log ind", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** An administrator, who has enrolled a phone. */
export async function administrator(browser: Browser, account: string): Promise<Page> {
  const page = await somebody(browser);
  await comesByLink(page, account);
  await page.goto("/konto/to-trin");
  await enrol(page);
  return page;
}

/** Makes an organisation, claims it and lets oneself in as its manager; gives its address at the desk. */
export async function makesOrganisation(page: Page, name: string, kind: string): Promise<string> {
  await page.goto("/mit-arbejde/organisationer");
  await page.getByLabel("Navn").last().fill(name);
  await page.getByLabel("Hvad er det?").selectOption({ label: kind });
  await page.getByRole("main").getByLabel("Kommune").selectOption({ label: "Odense" });
  await page.getByRole("button", { name: "Opret", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByRole("button", { name: /^Luk .* ind$/ }).click();
  await expect(page.getByRole("status")).toContainText("Personen er med nu");
  return new URL(page.url()).pathname;
}

/** Invites somebody to an organisation, who says yes and gets an account by it. */
export async function invites(manager: Page, organisation: string, browser: Browser, email: string, name: string): Promise<Page> {
  await manager.goto(organisation);
  const form = manager.getByRole("region", { name: "Invitér" });
  await form.getByLabel("E-mailadresse").fill(email);
  await form.getByRole("button", { name: "Invitér" }).click();
  await expect(manager.getByRole("status")).toContainText(email);
  const link = await manager.getByRole("link", { name: /\/invitation\// }).getAttribute("href");
  const page = await somebody(browser);
  await page.goto(new URL(link ?? "").pathname);
  await expect(page.getByRole("heading", { level: 1, name: "Du er inviteret" })).toBeVisible();
  await page.getByRole("button", { name: "Sig ja" }).click();
  await expect(page.getByText("må ikke være tom")).toBeVisible();
  await page.getByLabel("Dit navn").fill(name);
  await page.getByRole("button", { name: "Sig ja" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mit arbejde" })).toBeVisible();
  return page;
}
