import { defineConfig } from "@playwright/test";
import config from "./playwright.config.ts";

/** Takes a picture of every page, for people to look at; see `make screenshots`. */
const desk = config.projects?.find((project) => project.name === "desk");
export default defineConfig({
  ...config,
  outputDir: "screenshots/failed",
  projects: [{ name: "screenshots", testDir: "screenshots-of", use: desk?.use }],
});
