import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";

/** A letter that the portal sent. */
export type Letter = {
  /** What it says, its encoding undone. */
  text: string;
  /** The path and query of the address in it that begins with this folder. */
  path(folder: string): string;
};

/** Undoes quoted-printable (RFC 2045, 6.7). */
function decode(message: string): string {
  const bytes = message
    .replaceAll("=\r\n", "")
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Waits for a letter to an address whose subject begins so, in the data directory. */
export async function readLetter(email: string, subject: string): Promise<Letter> {
  const directory = join(process.env.ANKER_TEST_DATA ?? "", "mail");
  let text = "";
  await expect(async () => {
    const names = (await readdir(directory)).filter((name) => name.endsWith(".eml")).sort().reverse();
    for (const name of names) {
      const message = decode(await readFile(join(directory, name), "latin1"));
      if (message.includes(email) && message.includes(`Subject: ${subject}`)) {
        text = message;
        return;
      }
    }
    throw new Error(`no letter to ${email}: ${subject}`);
  }).toPass({ timeout: 20_000 });
  return {
    text,
    path(folder) {
      const address = text.match(new RegExp(`https?://[^/\\s]+(/${folder}/[^\\s"<>]+)`));
      if (!address?.[1]) throw new Error(`no address of ${folder} in ${text}`);
      return address[1];
    },
  };
}
