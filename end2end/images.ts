import { readFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, signInLink } from "./journey.ts";
import { enrol } from "./phone.ts";

/** The check of a PNG's chunk (ISO/IEC 15948, annex D). */
function check(bytes: number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A PNG of its own for each project, so that each has its own image to report. */
function picture(project: string): Buffer {
  const [width, height] = [900, 600];
  const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
  const number = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
  const chunk = (name: string, data: number[]): number[] => {
    const body = [...letters(name), ...data];
    return [...number(data.length), ...body, ...number(check(body))];
  };
  const shade = check(letters(project)) % 200;
  const rows = new Uint8Array(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.set([shade, (y * 200) / height, (x * 220) / width], y * (1 + 3 * width) + 1 + 3 * x);
    }
  }
  const header = [...number(width), ...number(height), 8, 2, 0, 0, 0];
  return Buffer.from([
    ...[0x89, ...letters("PNG\r\n"), 0x1a, 0x0a],
    ...chunk("IHDR", header),
    ...chunk("IDAT", [...deflateSync(rows)]),
    ...chunk("IEND", []),
  ]);
}

/** What is done at each page that this journey stops at. */
type Look = (page: Page) => Promise<void>;

/**
 * A publisher uploads an image, with a mistake first; a reader has it taken down; an editor puts it back. With nothing
 * but links and forms.
 */
export async function reportAndPutBack(page: Page, project: string, look: Look = async () => {}): Promise<void> {
  const offer = `billede-${project}`;
  await page.goto(await signInLink(`${project}-images`));
  await page.getByRole("main").getByRole("button", { name: "Log ind", exact: true }).click();
  await enrol(page);

  await page.goto(`/billeder?record=offer/${offer}`);
  await page.getByLabel("Billede").setInputFiles({ name: "a.gif", mimeType: "image/gif", buffer: Buffer.from("GIF89a") });
  await page.getByRole("button", { name: "Læg op" }).click();
  await expect(page.getByRole("alert")).toContainText("Brug JPEG, PNG, WebP eller AVIF");
  await look(page);
  await page.getByLabel("Billede").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: picture(project) });
  await page.getByRole("button", { name: "Læg op" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Billedet er lagt op" })).toBeVisible();
  await look(page);
  const id = await page.locator("code").innerText();

  const token = (await readFile(`${process.env.ANKER_TEST_DATA}/token`, "utf8")).match(/anker_[0-9a-f]+/)?.[0];
  const line = {
    type: "offer",
    id: offer,
    title: "Farverne i åen",
    summary: "Klassen ser på vandets farver.",
    provider: "naturvejledningen-lolland",
    images: [
      { id, alt: "Vandets farver fra blå til grøn", credit: "Bo Åkjær", legalBasis: "nobody-recognisable", caption: "Åen i maj" },
    ],
  };
  const imported = await page.request.post("/api/v1/import", {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" },
    data: `${JSON.stringify(line)}\n`,
  });
  expect(await imported.text()).toMatch(/"(created|updated|unchanged)"/);

  await page.goto(`/tilbud/${offer}`);
  const shown = page.getByRole("img", { name: "Vandets farver fra blå til grøn" });
  await expect(shown).toBeVisible();
  await expect(page.getByText("Foto: Bo Åkjær")).toBeVisible();
  await look(page);

  await page.getByRole("link", { name: /^Meld dette billede/ }).click();
  await page.getByLabel("Fortæl mere").fill("Det er min have.");
  await page.getByRole("button", { name: "Send, og tag billedet ned" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Vælg, hvad der er galt" }).click();
  await expect(page.getByLabel("Jeg eller mit barn er på billedet")).toBeFocused();
  await expect(page.getByLabel("Fortæl mere")).toHaveValue("Det er min have.");
  await look(page);
  await page.getByLabel("Billedet er mit, og jeg har ikke givet lov").check();
  await page.getByRole("button", { name: "Send, og tag billedet ned" }).click();
  await expect(page.getByRole("status")).toContainText("Billedet er taget ned");
  await look(page);
  await page.goto(`/tilbud/${offer}`);
  await expect(page.getByRole("heading", { level: 1, name: "Farverne i åen" })).toBeVisible();
  await expect(shown).toHaveCount(0);

  await page.goto("/konto");
  await page.getByRole("link", { name: "Meldte billeder" }).click();
  const item = page.getByRole("listitem").filter({ has: page.locator(`a[href="/tilbud/${offer}"]`) });
  await expect(item).toContainText("Det er min have.");
  await look(page);
  await item.getByRole("button", { name: "Fjern for altid" }).click();
  await expect(page.getByRole("alert")).toContainText("Sæt kryds");
  await item.getByRole("button", { name: "Lad det stå" }).click();
  await expect(page.getByRole("status")).toContainText("Billedet vises igen");
  await expect(item).toHaveCount(0);
  await look(page);
  await page.goto(`/tilbud/${offer}`);
  await expect(shown).toBeVisible();
}
