import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findCycles } from "./architecture/cycles";
import { importRules } from "./architecture/import-rules";
import { readSource, type Source } from "./architecture/read-source";
import type { Sources } from "./architecture/rule";
import { textRules } from "./architecture/text-rules";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDERS = ["app", "components", "lib", "db", "sandbox", "scripts", "tests", "e2e", "bench", "docs"];
/** The rules' own words and their made-up breaches. */
const OWN = /^tests\/architecture\/(import|text)-rules\.ts$|^tests\/architecture\.test\.ts$/;

const repository = sourcesOf(
  Object.fromEntries(listFiles().map((path) => [path, readFileSync(path, "utf8")])),
);

describe.each([
  ["Who may import whom", importRules],
  ["How files are named and written", textRules],
])("%s", (_title, rules) => {
  for (const { name, breaches, breaks } of rules) {
    it(name, () => expect(breaches(repository)).toEqual([]));

    it(`would be noticed: ${name}`, () => {
      for (const files of breaks) expect(breaches(sourcesOf(files)), JSON.stringify(files)).toHaveLength(1);
      expect(breaches(sourcesOf(BLAMELESS))).toEqual([]);
    });
  }
});

/** Comes close to breaking rules without doing so. */
const BLAMELESS = {
  "app/cart/page.tsx":
    'import { Lines } from "@/components/cart/lines";\nimport { getCart } from "@/lib/cart/queries";',
  "components/cart/lines.tsx":
    'import { addAction } from "@/lib/cart/actions";\nexport const Lines = () => <p>Don\'t use "process.env" // or any: other</p>;',
  "lib/cart/actions.ts":
    '"use server";\nimport { publicAction } from "@/lib/action";\nimport { addToCart } from "./mutations";\nexport type Answer = "ok";\nexport const addAction = publicAction(input, addToCart);',
  "lib/cart/mutations.ts":
    'import "server-only";\nimport { db } from "@/db/client";\nimport { sumLines } from "./sum-lines";\nconst now = new Date();',
  "lib/cart/queries.ts":
    'import "server-only";\nimport { db } from "@/db/client";\nimport type { T } from "./mutations";',
  "lib/cart/sum-lines.ts":
    'import { createHash } from "node:crypto";\nimport type { Cart } from "./queries";\nimport { minor } from "@/lib/money";\n// import { db } from "@/db/client"; new Date()\nconst day = new Date(at);\nconst words = `import x from "stripe"`;',
  "lib/money.ts": "export const minor = (amount: number, company: string) => ({ amount, many: company });",
  "db/client.ts": 'import { env } from "../lib/env";',
  "lib/env.ts": "export const env = () => process.env;",
};

describe("The reading of sources", () => {
  const importsOf = (text: string) => readSource("lib/x.tsx", text).imports.map((one) => one.specifier);

  it("sees every form of import", () => {
    const text = `
      import "a";
      import b, { type B } from "b";
      import {
        c,
      } from 'c';
      export * from "d";
      export { e } from "e";
      const f = await import("f");
      const g = require("g");
      import * as h from "h"`;
    expect(importsOf(text).sort()).toEqual(["a", "b", "c", "d", "e", "f", "g", "h"]);
  });

  it("tells imports of types only", () => {
    const text =
      'import type { A } from "a";\nimport { type B } from "b";\nimport { type C, c } from "c";\nexport type { D } from "d";';
    const read = readSource("lib/x.ts", text).imports.map((one) => [one.specifier, one.typeOnly, one.line]);
    expect(read).toEqual([
      ["a", true, 1],
      ["b", true, 2],
      ["c", false, 3],
      ["d", true, 4],
    ]);
  });

  it("sees none in comments, strings, templates, regular expressions and JSX text", () => {
    const text = [
      '// import "a"',
      '/* import("b") */',
      "const c = 'import \"c\"';",
      `const d = \`import "d" \${\`\${1} import('e')\`} require('f')\`;`,
      'const g = /import "g"|["`]/.test(x) || a / b;',
      'const h = <p title="x">Don\'t import "h" / or <b/></p>;',
      'import "real";',
    ].join("\n");
    expect(importsOf(text)).toEqual(["real"]);
  });

  it("keeps lines and columns", () => {
    const text = `const owl = "🦉";\nconst x = \`a\nb\${c}\`; // end\nlast();`;
    const { code } = readSource("lib/x.ts", text);
    expect(code).toHaveLength(text.length);
    expect(code.split("\n").at(-1)).toBe("last();");
    expect(code).toContain("{c}");
    expect(code).not.toContain("end");
  });

  it("finds circles", () => {
    const graph = new Map([
      ["a", new Set(["b", "c"])],
      ["b", new Set(["d"])],
      ["c", new Set(["d"])],
      ["d", new Set(["b"])],
    ]);
    expect(findCycles(graph)).toEqual([["b", "d", "b"]]);
  });

  it("found the repository", () => {
    expect(repository.get("lib/env.ts")?.text).toContain("process.env");
    expect(repository.size).toBeGreaterThan(200);
  });
});

function sourcesOf(files: Readonly<Record<string, string>>): Sources {
  const sources = Object.entries(files).map(([path, text]): [string, Source] => [
    path,
    readSource(path, text),
  ]);
  return new Map(sources);
}

function listFiles(): string[] {
  const nested = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        relative(ROOT, join(entry.parentPath ?? entry.path, entry.name))
          .split(sep)
          .join("/"),
      ),
  );
  const atRoot = readdirSync(ROOT).filter((name) => name !== "next-env.d.ts");
  return [...nested, ...atRoot].filter((path) => /\.(tsx?|mts|mjs|js|css|md)$/.test(path) && !OWN.test(path));
}
