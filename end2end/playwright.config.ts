import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import type { Choices } from "./journey.ts";

/** A port that is free now. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}

// The workers read this file too, so what is chosen once is handed down in the environment.
process.env.ANKER_TEST_PORT ??= String(await freePort());
process.env.ANKER_TEST_ISSUER_PORT ??= String(await freePort());
process.env.ANKER_OIDC_ISSUER ??= `http://127.0.0.1:${process.env.ANKER_TEST_ISSUER_PORT}`;
process.env.ANKER_TEST_OLDER_PORT ??= String(await freePort());
process.env.ANKER_TEST_OLDER ??= `http://127.0.0.1:${process.env.ANKER_TEST_OLDER_PORT}`;
process.env.ANKER_TEST_DATA ??= mkdtempSync(join(tmpdir(), "anker-end2end-"));
const address = `127.0.0.1:${process.env.ANKER_TEST_PORT}`;

const chromium = {
  locale: "da-DK",
  timezoneId: "Europe/Copenhagen",
  baseURL: `http://${address}`,
  trace: "retain-on-failure" as const,
  // What never comes is named, instead of the whole journey's time running out.
  actionTimeout: 30_000,
  // The audits measure colours, so no colour may be on its way to another.
  contextOptions: { reducedMotion: "reduce" as const },
  launchOptions: {
    executablePath: process.env.CHROMIUM || undefined,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  },
};
/** What portal and issuer know of each other. */
const openid = {
  ANKER_OIDC_ISSUER: process.env.ANKER_OIDC_ISSUER ?? "",
  ANKER_OIDC_CLIENT: "anker",
  ANKER_OIDC_SECRET: "only for the journeys",
};
const phone = { ...devices["Pixel 7"], viewport: { width: 360, height: 740 }, ...chromium };
const desk = { viewport: { width: 1280, height: 800 }, ...chromium };

export default defineConfig<Choices>({
  testDir: ".",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  globalTeardown: "./remove-data.ts",
  projects: [
    { name: "desk", testDir: "journeys", use: desk },
    { name: "phone", testDir: "journeys", use: phone, grepInvert: /@desk/ },
    // The audit is a script, so it is left to the others where scripts are off.
    {
      name: "without-javascript",
      testDir: "without-javascript",
      use: { ...phone, javaScriptEnabled: false, audited: false },
    },
    // Audits each page by itself, in every language and colour scheme.
    { name: "every-page", testDir: "every-page", use: { ...desk, audited: false } },
  ],
  webServer: [
    {
      command: "node issuer.js",
      url: `${process.env.ANKER_OIDC_ISSUER}/.well-known/openid-configuration`,
      env: { ...openid, ANKER_TEST_PORTAL: `http://${address}` },
      gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    },
    {
      command: "sh ./portal.sh",
      url: `http://${address}/readyz`,
      env: {
        ...openid,
        ANKER: process.env.ANKER ?? "../target/debug/anker",
        ANKER_DATA: process.env.ANKER_TEST_DATA,
        ANKER_LISTEN: address,
        ANKER_SITE: "../target/site",
      },
      timeout: 120_000,
      stdout: "pipe",
      gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    },
    // Content that was published long ago.
    {
      command: "sh ./older-portal.sh",
      url: `${process.env.ANKER_TEST_OLDER}/readyz`,
      env: {
        ...openid,
        ANKER: process.env.ANKER ?? "../target/debug/anker",
        ANKER_DATA: join(process.env.ANKER_TEST_DATA, "older"),
        ANKER_TEST_DATA: process.env.ANKER_TEST_DATA,
        ANKER_LISTEN: `127.0.0.1:${process.env.ANKER_TEST_OLDER_PORT}`,
        ANKER_SITE: "../target/site",
      },
      timeout: 120_000,
      stdout: "pipe",
      gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    },
  ],
});
