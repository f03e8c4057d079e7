import { rmSync } from "node:fs";

/** Removes the portal's data of this run. */
export default function removeData(): void {
  if (process.env.ANKER_TEST_DATA) rmSync(process.env.ANKER_TEST_DATA, { recursive: true, force: true });
}
