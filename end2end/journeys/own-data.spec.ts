import { expectAccessible, test } from "../journey.ts";
import { comesAndGoes } from "../own-data.ts";

test("somebody comes, takes their data home, and goes without a trace of their name", async ({ page, browser }, testInfo) => {
  await comesAndGoes(page, browser, testInfo.project.name, (page) => expectAccessible(page));
});
