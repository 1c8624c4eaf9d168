import { afterEach, describe, expect, test, vi } from "vitest";
import type { Language } from "@/components/exercises/runtime";
import { PERSONAL_CACHE, RUNTIME_CACHE } from "@/components/offline/caches";
import { isCourseKept } from "@/components/offline/keep-course";
import { isRuntimeKept, keepRuntime } from "@/components/offline/keep-runtime";
import { bundleWorker } from "@/lib/exercises/bundle-worker";
import { PYTHON_RELEASE, RUNTIME_FILES, SQLITE_RELEASE } from "@/lib/exercises/runtimes";
import { stubCaches } from "./fake-browser";

afterEach(() => void vi.unstubAllGlobals());

const scriptFor = (release: string) => `import("/runtime/${release}/…")`;
const script = "/workers/python.js";
const files = [...RUNTIME_FILES.keys()].filter((file) => file.startsWith(PYTHON_RELEASE));
const addresses = files.map((file) => `/runtime/${file}`);
const [oldPython, oldSqlite] = ["/runtime/pyodide-1.0.0/pyodide.mjs", "/runtime/sqljs-1.0.0/sql.wasm"];

/** A browser that kept both languages a release ago, and a shop that has the new one but for `lost`. */
function afterUpgrade(lost?: string) {
  const shop = Object.fromEntries(
    [...RUNTIME_FILES.keys()].map((file) => [`/runtime/${file}`, "bytes"]).filter(([path]) => path !== lost),
  );
  const browser = stubCaches({ ...shop, [script]: scriptFor(PYTHON_RELEASE) });
  for (const [path, text] of [
    [script, scriptFor("pyodide-1.0.0")],
    ["/workers/sql.js", scriptFor("sqljs-1.0.0")],
    [oldPython, "bytes"],
    [oldSqlite, "bytes"],
  ] as const)
    browser.keep(RUNTIME_CACHE, path, text);
  return browser;
}

describe("a language that was kept before its release changed", () => {
  test("gets its new script and files, and only its own old ones go", async () => {
    const browser = afterUpgrade();
    expect(await isRuntimeKept("python")).toBe(false);
    await keepRuntime("python");
    expect(await isRuntimeKept("python")).toBe(true);
    expect(await browser.read(RUNTIME_CACHE, script)).toContain(PYTHON_RELEASE);
    expect(browser.list(RUNTIME_CACHE)).toEqual([...addresses, oldSqlite, script, "/workers/sql.js"].sort());
  });

  test("stays as it is, and runs, while a file of the new release cannot be had", async () => {
    const browser = afterUpgrade(addresses[2]);
    await keepRuntime("python");
    expect(await isRuntimeKept("python")).toBe(false);
    expect(browser.list(RUNTIME_CACHE)).toContain(oldPython);
    expect(await browser.read(RUNTIME_CACHE, script)).toContain("pyodide-1.0.0");
  });

  test("does not count as kept while its script asks for the old files", async () => {
    const browser = afterUpgrade();
    const lesson = "/learn/course/lesson";
    browser.keep(PERSONAL_CACHE, lesson, "<main></main>");
    browser.keep(PERSONAL_CACHE, `${lesson}/exercises`, JSON.stringify({ exercises: [{ task: {} }] }));
    for (const address of addresses) browser.keep(RUNTIME_CACHE, address, "bytes");
    expect(await isCourseKept([lesson])).toBe(false);
    await keepRuntime("python");
    expect(await isCourseKept([lesson])).toBe(true);
  });
});

test.each<[Language, string]>([
  ["python", PYTHON_RELEASE],
  ["sql", SQLITE_RELEASE],
])("the script that runs %s names the release whose files it asks for", async (language, release) => {
  const bundled = await bundleWorker(`components/exercises/${language}-worker.ts`, "esm");
  expect(await bundled.text()).toContain(release);
});
