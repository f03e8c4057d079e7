import { feedbackIsAnswered } from "../feedback.ts";
import { expectAccessible, test } from "../journey.ts";

test("a teacher gives feedback and the owner answers", async ({ browser }, testInfo) => {
  // Five people and twenty audits.
  test.setTimeout(300_000);
  await feedbackIsAnswered(browser, testInfo.project.name, (page) => expectAccessible(page));
});
