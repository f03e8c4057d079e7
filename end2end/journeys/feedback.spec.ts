import { feedbackIsAnswered } from "../feedback.ts";
import { expectAccessible, test } from "../journey.ts";

test("a teacher gives feedback and the owner answers", async ({ browser }, testInfo) => {
  test.slow();
  await feedbackIsAnswered(browser, testInfo.project.name, (page) => expectAccessible(page));
});
