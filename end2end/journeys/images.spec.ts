import { reportAndPutBack } from "../images.ts";
import { expect, expectAccessible, test } from "../journey.ts";

test("an image is reported and gone, and an editor puts it back", async ({ page }, testInfo) => {
  test.setTimeout(300_000);
  await reportAndPutBack(page, testInfo.project.name, (at) => expectAccessible(at));
  const image = page.getByRole("img", { name: "Vandets farver fra blå til grøn" });
  await expect(async () => {
    const natural = await image.evaluate((element: HTMLImageElement) => element.naturalWidth);
    expect(natural).toBeGreaterThan(0);
  }).toPass();
});
