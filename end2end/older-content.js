// Makes a backup older: every moment in it is so many days earlier, as if it had been made then and kept. Rows of
// ROWS are added as they are.
//   node older-content.js IN OUT DAYS ROWS
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

const [from, to, days, rows] = process.argv.slice(2);
const earlier = (moment) => new Date(Date.parse(moment) - Number(days) * 86_400_000).toISOString();
const lines = gunzipSync(readFileSync(from)).toString("utf8").trimEnd().split("\n");
const end = JSON.parse(lines.pop());
const older = lines.map((line, number) => {
  if (number === 0) return `${line}\n`;
  const moment = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"/g;
  return `${line.replace(moment, (_, found) => `"${earlier(found)}"`)}\n`;
});
const added = readFileSync(rows, "utf8").trimEnd().split("\n");
older.splice(1, 0, ...added.map((line) => `${line}\n`));
end.rows += added.length;
end.sha256 = createHash("sha256").update(older.join("")).digest("hex");
writeFileSync(to, gzipSync(`${older.join("")}${JSON.stringify(end)}\n`));
