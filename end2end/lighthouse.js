// Lighthouse as a phone sees it, on the pages that matter most. Performance is timed, so run
// it on a machine that does nothing else.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";

const PORT = 3417;
const DEBUGGING_PORT = 3418;
const PAGES = {
  home: "/",
  search: "/soeg?q=vandhul",
  offer: "/tilbud/lolland-skovbunden",
  case: "/erfaringer/mas-museet-i-den-aabne-skole",
};
const BARS = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
const wanted = process.argv.slice(2);
const program = process.env.ANKER ?? "../target/release/anker";

/** Waits until the portal answers that it is ready. */
async function ready(url) {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} is not ready`);
}

const data = mkdtempSync(join(tmpdir(), "anker-lighthouse-"));
const address = `http://127.0.0.1:${PORT}`;
const portal = spawn(program, ["serve", "--listen", `127.0.0.1:${PORT}`, "--data", data], { stdio: "ignore" });
let browser;
let checked = 0;
let failed = 0;
try {
  await ready(`${address}/readyz`);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || undefined,
    args: [
      `--remote-debugging-port=${DEBUGGING_PORT}`,
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  mkdirSync("lighthouse-reports", { recursive: true });
  for (const [name, path] of Object.entries(PAGES).filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
    const result = await lighthouse(address + path, {
      port: DEBUGGING_PORT,
      output: "html",
      logLevel: "error",
      onlyCategories: Object.keys(BARS),
    });
    writeFileSync(`lighthouse-reports/${name}.html`, result.report);
    const scores = Object.entries(BARS).map(([category, bar]) => {
      const score = Math.round(result.lhr.categories[category].score * 100);
      checked += 1;
      if (score < bar) failed += 1;
      return `${category} ${score}${score < bar ? ` (below ${bar})` : ""}`;
    });
    console.log(`${name.padEnd(8)}${scores.join(", ")}`);
    const broken = Object.values(result.lhr.audits).filter(
      (audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative",
    );
    for (const audit of broken) console.log(`        ${audit.id}: ${audit.displayValue ?? audit.title}`);
    const unmeasured = Object.values(result.lhr.audits).filter((audit) => audit.scoreDisplayMode === "error");
    for (const audit of unmeasured) console.log(`        ${audit.id} was not measured: ${audit.errorMessage}`);
  }
} finally {
  await browser?.close();
  portal.kill("SIGTERM");
  await new Promise((resolve) => portal.once("exit", resolve));
  rmSync(data, { recursive: true, force: true });
}
console.log(`${checked - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
