import { comeByTheIssuer, expect, expectAccessible, rotateKeys, signInAtIssuer, test } from "../journey.ts";

test("a teacher comes by the issuer, gets an account, and comes back after the keys have changed", async ({ page }, testInfo) => {
  const project = testInfo.project.name;
  await comeByTheIssuer(page, project, (page) => expectAccessible(page));
  await expect(page.getByText(/Du kan logge ind med Unilogin siden/)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("main").getByRole("button", { name: "Log ud", exact: true }).click();
  await rotateKeys();
  await page.goto("/en/log-ind");
  await page.getByRole("button", { name: "Sign in with Unilogin" }).click();
  await signInAtIssuer(page, `medarbejder-${project}`);
  await expect(page.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();

  await page.goto("/konto");
  await page.getByRole("button", { name: "Fjern login med Unilogin" }).click();
  await page.getByRole("alert").getByRole("link", { name: /Vælg en adgangskode/ }).click();
  await expect(page.getByLabel("Ny adgangskode")).toBeFocused();
  await page.getByLabel("Ny adgangskode").fill("blå hest under bordet");
  await page.getByRole("button", { name: "Gem adgangskoden" }).click();
  await page.getByRole("button", { name: "Fjern login med Unilogin" }).click();
  await expect(page.getByRole("status")).toContainText("ikke længere logge ind med Unilogin");

  await page.getByRole("button", { name: "Knyt Unilogin til min konto" }).click();
  await expect(page.getByRole("status")).toContainText("Du kan nu logge ind med Unilogin");
  await expectAccessible(page);
});

test("whoever names a school that is not there yet is led to where it is made", async ({ page }, testInfo) => {
  const who = `skoleleder-${testInfo.project.name}`;
  await page.goto("/log-ind");
  await page.getByRole("button", { name: "Log ind med Unilogin" }).click();
  await signInAtIssuer(page, who);
  await page.getByLabel("Dit navn").fill("Per Østergård");
  await page.getByLabel("Din e-mailadresse").fill(`${who}@skolen.example`);
  await page.getByLabel(/Din skole eller arbejdsplads/).fill("Ny Ålstrup Skole");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Opret min konto" }).click();
  await expect(page).toHaveURL(/organisationer\?q=Ny/);
  await expect(page.getByRole("main").getByRole("searchbox")).toHaveValue("Ny Ålstrup Skole");
});

test("a pupil is turned away kindly, and nothing is kept", async ({ page }, testInfo) => {
  for (const _ of [1, 2]) {
    await page.context().clearCookies();
    await page.goto("/log-ind");
    await page.getByRole("button", { name: "Log ind med Unilogin" }).click();
    await signInAtIssuer(page, `elev-${testInfo.project.name}`);
    await expect(page.getByRole("heading", { level: 1, name: "Anker er for voksne omkring skolen" })).toBeVisible();
  }
  expect((await page.context().cookies()).filter((cookie) => cookie.name.startsWith("anker"))).toEqual([]);
  await expectAccessible(page);
});

test("whoever cancels at the issuer, or comes back with another's answer, is told and can try again", async ({ page }) => {
  await page.goto("/log-ind");
  await page.getByRole("button", { name: "Log ind med Unilogin" }).click();
  await page.getByRole("button", { name: "Afbryd" }).click();
  await expect(page.getByText("Du afbrød login hos Unilogin")).toBeVisible();
  await page.goto("/log-ind/openid?code=stolen&state=unknown");
  await expect(page.getByText("Prøv igen, og bliv i den samme browser")).toBeVisible();
  await page.getByRole("link", { name: "Prøv igen" }).click();
  await expect(page.getByRole("button", { name: "Log ind med Unilogin" })).toBeVisible();
  await expectAccessible(page);
});
