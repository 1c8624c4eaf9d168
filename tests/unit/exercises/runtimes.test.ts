import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PYTHON_RELEASE, RUNTIME_FILES, SQLITE_RELEASE } from "@/lib/exercises/runtimes";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

describe("what browsers load", () => {
  test("has the installed version in its address", () => {
    expect(PYTHON_RELEASE).toBe(`pyodide-${dependencies.pyodide}`);
    expect(SQLITE_RELEASE).toBe(`sqljs-${dependencies["sql.js"]}`);
  });
  test.each([...RUNTIME_FILES])("%s is installed", (_, { source }) => {
    expect(existsSync(`node_modules/${source}`)).toBe(true);
  });
});
