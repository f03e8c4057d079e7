import { expectAccessible, test } from "../journey.ts";
import { anOfferIsPublished, threePartnersAgree } from "../publishing.ts";

test("a manager invites, a museum writes, is asked for changes, publishes and is found", async ({ browser }, testInfo) => {
  test.setTimeout(300_000);
  await anOfferIsPublished(browser, testInfo.project.name, expectAccessible);
});

test("three partners agree on a case", async ({ browser }, testInfo) => {
  test.setTimeout(300_000);
  await threePartnersAgree(browser, testInfo.project.name, expectAccessible);
});
