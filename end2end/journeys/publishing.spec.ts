import { expectAccessible, test } from "../journey.ts";
import { anOfferIsPublished, threePartnersAgree } from "../publishing.ts";

test("a manager invites, a museum writes, is asked for changes, publishes and is found", async ({ browser }, testInfo) => {
  test.slow();
  await anOfferIsPublished(browser, testInfo.project.name, expectAccessible);
});

test("three partners agree on a case", async ({ browser }, testInfo) => {
  test.slow();
  await threePartnersAgree(browser, testInfo.project.name, expectAccessible);
});
