import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test as base, type Page } from "@playwright/test";
import { readLetter } from "./letters.ts";
import type { Look } from "./people.ts";
import { enrol } from "./phone.ts";

/** The rules of WCAG 2.2, levels A and AA, and what axe calls good practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The program that audits. */
const AXE = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules that colours can break: a dark page is the light one in other colours. */
const RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"];

/** Fails where the page breaks a rule of accessibility, and says where and how. */
export async function expectAccessible(page: Page, scheme?: "light" | "dark"): Promise<void> {
  if (scheme) await page.emulateMedia({ colorScheme: scheme });
  // A page is asked again after changes, and has to be given the rules only once.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await AXE);
  const runOnly = scheme === "dark" ? RULES_OF_COLOUR : RULES;
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    return (await axe.run({ runOnly, resultTypes: ["violations"] })).violations;
  }, runOnly);
  const broken = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n` + nodes.map((node) => `    ${node.html}\n      ${node.failureSummary}`).join("\n"),
  );
  expect(broken, `${page.url()} ${scheme ?? ""}`).toEqual([]);
}

/** Waits until the islands of the page are awake. */
export async function islandsAwake(page: Page): Promise<void> {
  await expect(page.locator("html[data-islands=ready]")).toBeAttached();
}

/** The one-time link that signs in to the account of a project's journeys. */
export async function signInLink(project: string): Promise<string> {
  const said = await readFile(`${process.env.ANKER_TEST_DATA}/links/${project}`, "utf8");
  const link = said.match(/\/log-ind\/\S+/);
  if (!link) throw new Error(`there is no link in «${said}»`);
  return link[0];
}

/**
 * An administrator comes by a one-time link, enrols a phone, chooses a password, signs out, and signs in with the
 * password and a code: with a mistake at each step, and with nothing but links and forms. Gives the recovery codes.
 */
export async function chooseAPassword(page: Page, project: string): Promise<string[]> {
  await page.goto(await signInLink(project));
  await page.getByRole("button", { name: "Log ind" }).click();
  await expect(page.getByText("Du er administrator")).toBeVisible();
  const { phone, codes } = await enrol(page);
  await page.getByRole("link", { name: "Jeg har gemt dem" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Min konto" })).toBeVisible();

  await page.getByLabel("Ny adgangskode").fill("kort");
  await page.getByRole("button", { name: "Gem adgangskoden" }).click();
  await page.getByRole("alert").getByRole("link", { name: /for kort/ }).click();
  await expect(page.getByLabel("Ny adgangskode")).toBeFocused();
  await page.getByLabel("Ny adgangskode").fill("blå hest under bordet");
  await page.getByRole("button", { name: "Gem adgangskoden" }).click();
  await expect(page.getByRole("status")).toContainText("Din nye adgangskode er gemt");

  await page.getByRole("main").getByRole("button", { name: "Log ud", exact: true }).click();
  await page.getByRole("contentinfo").getByRole("link", { name: "Log ind" }).click();
  await page.getByLabel("E-mailadresse").fill(`${project}@museet.example`);
  await page.getByLabel("Adgangskode").fill("blå hest under stolen");
  await page.getByRole("main").getByRole("button", { name: "Log ind", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("passer ikke sammen");
  await expect(page.getByLabel("E-mailadresse")).toHaveValue(`${project}@museet.example`);
  await page.getByLabel("Adgangskode").fill("blå hest under bordet");
  await page.getByRole("main").getByRole("button", { name: "Log ind", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Skriv din kode" })).toBeVisible();
  await page.getByLabel("Kode fra appen").fill("12345");
  await page.getByRole("button", { name: "Log ind", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("passer ikke");
  await page.getByLabel("Kode fra appen").fill(await phone.code());
  await page.getByRole("button", { name: "Log ind", exact: true }).click();
  await expect(page.getByText("(denne browser)")).toBeVisible();
  return codes;
}

/** Signs in at the issuer, where it asks who somebody is; it does not where it knows the browser. */
export async function signInAtIssuer(page: Page, who: string): Promise<void> {
  await page.getByLabel("Bruger").fill(who);
  await page.getByRole("button", { name: "Log ind", exact: true }).click();
}

/** Gives the issuer new keys. It forgets who has signed in. */
export async function rotateKeys(): Promise<void> {
  const answer = await fetch(`${process.env.ANKER_OIDC_ISSUER}/rotate`, { method: "POST" });
  expect(answer.status).toBe(204);
}

/** A teacher comes by the issuer for the first time and says what they are called, with a mistake on the way. */
export async function comeByTheIssuer(page: Page, project: string, look: Look): Promise<void> {
  await page.goto("/log-ind");
  await page.getByRole("button", { name: "Log ind med Unilogin" }).click();
  await signInAtIssuer(page, `medarbejder-${project}`);
  await expect(page.getByRole("heading", { level: 1, name: "Velkommen til Anker" })).toBeVisible();
  await look(page);
  await page.getByLabel("Dit navn").fill("Åse Lærer");
  await page.getByLabel("Din e-mailadresse").fill("ikke en adresse");
  await page.getByRole("button", { name: "Opret min konto" }).click();
  await page.getByRole("alert").getByRole("link").click();
  await expect(page.getByLabel("Din e-mailadresse")).toBeFocused();
  await expect(page.getByLabel("Dit navn")).toHaveValue("Åse Lærer");
  const email = `${project}@skolen.example`;
  await page.getByLabel("Din e-mailadresse").fill(email);
  await page.getByRole("button", { name: "Opret min konto" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Min konto" })).toBeVisible();
  await expect(page.getByText("Åse Lærer")).toBeVisible();

  // The address is theirs once they have opened what was sent there.
  await expect(page.getByText("ingen bekræftet e-mailadresse")).toBeVisible();
  const letter = await readLetter(email, "Er det din adresse");
  await page.goto(letter.path("adresse"));
  await expect(page.getByText(`får adressen ${email}`)).toBeVisible();
  await look(page);
  await page.getByRole("button", { name: "Ja, den er min" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Adressen er bekræftet" })).toBeVisible();
  await look(page);
  await page.getByRole("main").getByRole("link", { name: "Min konto" }).click();
  await expect(page.getByRole("definition").filter({ hasText: email })).toBeVisible();
  await page.goto(letter.path("adresse"));
  await expect(page.getByRole("heading", { level: 1, name: "Linket er brugt eller udløbet" })).toBeVisible();
  await look(page);
  await page.goto("/konto");
}

/** What a project may choose for its tests. */
export type Choices = {
  /** Whether there is an audit of accessibility where a journey ends. */
  audited: boolean;
};

/**
 * A journey: nothing it does may raise an error in the browser or ask another host, and
 * where it ends there is an audit of accessibility.
 */
export const test = base.extend<Choices & { watched: void }>({
  audited: [true, { option: true }],
  watched: [
    async ({ page, baseURL, audited }, use, testInfo) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !/status of (400|403|404|410|422)/.test(message.text())) errors.push(message.text());
      });
      page.on("request", (request) => {
        const url = request.url();
        const issuer = `${process.env.ANKER_OIDC_ISSUER}/`;
        if (!url.startsWith(`${baseURL}/`) && !url.startsWith(issuer) && !/^(data|blob|about):/.test(url)) errors.push(`asks ${url}`);
      });
      await use();
      expect(errors, "errors in the browser").toEqual([]);
      // A journey of several people has browsers of its own, and audits where it stops.
      const used = page.url() !== "about:blank";
      if (audited && used && testInfo.status === "passed") await expectAccessible(page);
    },
    { auto: true },
  ],
});

export { expect };
