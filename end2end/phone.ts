import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page } from "@playwright/test";

/** How long a one-time code lasts, in seconds (RFC 6238). */
const STEP = 30;

function base32(text: string): Uint8Array {
  const bits = [...text.replaceAll(" ", "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** An app for one-time codes. It never gives the same code twice, as the portal takes none twice. */
export class Phone {
  #key: Uint8Array;
  #last = 0;

  constructor(typedKey: string) {
    this.#key = base32(typedKey);
  }

  /** The next code. The portal takes the one of the coming step too; where that is used up, this waits. */
  async code(): Promise<string> {
    const now = () => Math.floor(Date.now() / 1000 / STEP);
    const step = Math.max(now(), this.#last + 1);
    while (step > now() + 1) await sleep(1000);
    this.#last = step;
    const counter = new DataView(new ArrayBuffer(8));
    counter.setBigUint64(0, BigInt(step));
    const digest = createHmac("sha1", this.#key).update(counter).digest();
    const offset = digest[digest.length - 1] & 15;
    const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
    return String(number).padStart(6, "0");
  }
}

/** On the page of the second factor: types the key into a phone, confirms, and takes the recovery codes along. */
export async function enrol(page: Page): Promise<{ phone: Phone; codes: string[] }> {
  const phone = new Phone(await page.locator(".one-time-key").innerText());
  await expect(page.getByRole("img", { name: /^QR-kode/ })).toBeVisible();
  await page.getByLabel("Kode fra appen").fill("000000");
  await page.getByRole("button", { name: "Slå to-trins-login til" }).click();
  await page.getByRole("alert").getByRole("link", { name: /passer ikke/ }).click();
  await expect(page.getByLabel("Kode fra appen")).toBeFocused();
  await page.getByLabel("Kode fra appen").fill(await phone.code());
  await page.getByRole("button", { name: "Slå to-trins-login til" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Gem dine nødkoder" })).toBeVisible();
  const codes = await page.locator(".recovery-codes code").allInnerTexts();
  expect(codes).toHaveLength(10);
  return { phone, codes };
}
