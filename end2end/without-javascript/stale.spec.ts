import { test } from "../journey.ts";
import { anOfferGoesStaleAndIsConfirmed } from "../stale.ts";

test.use({ baseURL: process.env.ANKER_TEST_OLDER });

test("an offer goes stale and is confirmed", async ({ page, browser }, testInfo) => {
  test.setTimeout(300_000);
  await anOfferGoesStaleAndIsConfirmed(page, browser, testInfo.project.name, async () => {});
});
