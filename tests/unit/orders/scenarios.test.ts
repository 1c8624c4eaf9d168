import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = "tests/integration/commerce";
const sources = readdirSync(folder)
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => readFileSync(join(folder, name), "utf8"));

/** The ways in which a payment can go, numbered once and for all. A new one gets the next number and a test. */
const SCENARIOS = 41;

test.each(Array.from({ length: SCENARIOS }, (_, index) => index + 1))(
  "scenario %d has a test that names it",
  (n) => {
    const named = new RegExp(`"scenario ${n}\\b|, scenario ${n}:`);
    expect(sources.some((source) => named.test(source))).toBe(true);
  },
);

test("no scenario is left out of a run", () => {
  for (const source of sources)
    expect(source).not.toMatch(/\b(?:test|it|describe)\.(?:skip|todo|only|fails)\b/);
});
