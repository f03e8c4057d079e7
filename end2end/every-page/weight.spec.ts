import { expect, islandsAwake, test } from "../journey.ts";
import { inLanguage, pages } from "./pages.ts";

for (const path of pages) {
  test(`${path} loads scripts only for islands, and obeys the policy`, async ({ page }) => {
    const scripts: string[] = [];
    page.on("request", (request) => {
      if (request.resourceType() === "script" || request.url().endsWith(".wasm")) scripts.push(request.url());
    });
    const answer = await page.goto(inLanguage(path, "da"));
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe-inline");

    const islands = await page.locator("leptos-island").count();
    if (islands > 0) {
      await islandsAwake(page);
      expect(scripts.map((url) => new URL(url).pathname.replace(/\.[0-9a-f]{16}\./, "."))).toEqual([
        "/pkg/anker.js",
        "/pkg/anker.wasm",
      ]);
    } else {
      await page.waitForLoadState("networkidle");
      expect(scripts).toEqual([]);
    }
  });
}

test("what wakes in the browser is light", async ({ page, request }) => {
  const addresses: string[] = [];
  page.on("request", (asked) => {
    if (/\.(js|wasm)$/.test(asked.url())) addresses.push(asked.url());
  });
  await page.goto("/soeg");
  await islandsAwake(page);
  expect(addresses).toHaveLength(2);
  let bytes = 0;
  for (const address of addresses) {
    const answer = await request.head(address, { headers: { "Accept-Encoding": "br" } });
    expect(answer.headers()["content-encoding"]).toBe("br");
    bytes += Number(answer.headers()["content-length"]);
  }
  expect(bytes, "bytes of script and wasm").toBeGreaterThan(0);
  expect(bytes, "bytes of script and wasm").toBeLessThan(90_000);
});

test("an asset is kept for ever, and a page is asked for again", async ({ request }) => {
  const html = await request.get("/om");
  const style = /href="(\/pkg\/main\.[0-9a-f]{16}\.css)"/.exec(await html.text())?.[1];
  expect(style).toBeTruthy();
  const asset = await request.get(style ?? "", { headers: { "Accept-Encoding": "br" } });
  expect(asset.headers()["cache-control"]).toContain("immutable");
  expect(asset.headers()["content-encoding"]).toBe("br");

  const tag = html.headers()["etag"];
  expect(tag).toBeTruthy();
  const again = await request.get("/om", { headers: { "If-None-Match": tag ?? "" } });
  expect(again.status()).toBe(304);
});
