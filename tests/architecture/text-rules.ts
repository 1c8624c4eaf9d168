import { posix } from "node:path";
import { DOMAINS, domainOf, isShipped, roleOf } from "./places";
import type { Source } from "./read-source";
import { matches, type Rule, type Sources } from "./rule";

const MAX_LINES = 350;

/** Put together here, so that this file keeps the rules it states. */
const OPEN_ENDS = ["TO", "FIX"].map((word, index) => word + ["DO", "ME"][index]).join("|");
const MACHINE_FOLDERS = ["work", "tmp", "root", "home", "Users"].join("|");

const isCode = ({ path }: Source) => /\.(tsx?|mts|mjs|js)$/.test(path);
const isShippedCode = (source: Source) => isShipped(source.path) && isCode(source);
const isTest = ({ path }: Source) => /^(tests|e2e)\//.test(path);

function fileRule(name: string, problemOf: (source: Source) => string | null, breaks: Rule["breaks"]): Rule {
  const breaches = (all: Sources) =>
    [...all.values()].flatMap((source) => {
      const problem = problemOf(source);
      return problem === null ? [] : [`${source.path} ${problem}`];
    });
  return { name, breaches, breaks };
}

function patternRule(
  name: string,
  chosen: (source: Source) => boolean,
  pattern: RegExp,
  breaks: Rule["breaks"],
  where: "code" | "text" = "code",
): Rule {
  return { name, breaches: (all) => matches(all, chosen, pattern, where), breaks };
}

const folderRules: readonly Rule[] = [
  fileRule(
    "every folder of lib is a domain of the list",
    ({ path }) => {
      const domain = domainOf(path);
      return domain === null || DOMAINS.some((known) => known === domain) ? null : "is in no known domain";
    },
    [{ "lib/promotions/queries.ts": 'import "server-only";' }],
  ),
  fileRule(
    "a domain is flat but for its templates",
    ({ path }) => (/^lib\/[^/]+\/(?!templates\/)[^/]+\//.test(path) ? "is too deep" : null),
    [{ "lib/cart/lines/merge-lines.ts": "" }],
  ),
  fileRule(
    "no barrel, and no drawer for odds and ends",
    ({ path }) => {
      if (isShipped(path) && /\/index\.tsx?$/.test(path)) return "is a barrel";
      const isDrawer = /(^|\/)(utils?|helpers?|misc|common|shared)(\/|\.[a-z.]+$)/.test(path);
      return isDrawer ? "has a name that says nothing" : null;
    },
    [{ "lib/cart/utils.ts": "" }, { "components/ui/index.ts": "" }, { "tests/helpers/wait.ts": "" }],
  ),
  fileRule(
    "file names are kebab-case",
    (source) =>
      isShippedCode(source) && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(posix.basename(source.path))
        ? "is not kebab-case"
        : null,
    [{ "components/ui/DatePicker.tsx": "" }],
  ),
  fileRule(
    `no file has more than ${MAX_LINES} lines`,
    (source) => {
      const lines = isCode(source) ? source.text.split("\n").length - 1 : 0;
      return lines > MAX_LINES ? `has ${lines} lines` : null;
    },
    [{ "scripts/long.ts": "\n".repeat(MAX_LINES + 1) }],
  ),
];

const serverRules: readonly Rule[] = [
  fileRule(
    "queries, mutations and adapters cannot end up in the browser, but for the adapters made for it",
    (source) =>
      ["queries", "mutations", "adapter"].includes(roleOf(source)) &&
      !(roleOf(source) === "adapter" && source.text.startsWith('"use client";')) &&
      !source.imports.some(({ specifier }) => specifier === "server-only")
        ? "does not import server-only"
        : null,
    [
      { "lib/orders/queries.ts": "export const listOrders = 1;" },
      { "lib/identity/session.ts": "/** Adapter: who is signed in. */" },
      { "lib/orders/queries.ts": '"use client";\nexport const listOrders = 1;' },
    ],
  ),
  patternRule(
    "a rule has no clock and no chance: both are handed to it",
    (source) => roleOf(source) === "rule",
    /\bnew Date\(\s*\)|\bDate\.now\(|\bperformance\.now\(|\bMath\.random\(|\bsetTimeout\(|\bsetInterval\(/g,
    [
      { "lib/coupons/evaluate-coupon.ts": "const expired = coupon.validUntil < new Date();" },
      { "lib/pricing/price-cart.ts": "const lucky = Math.random();" },
    ],
  ),
  {
    name: "server actions live in actions.ts only, one export each, made by a guard of lib/action",
    breaches: (all) => [
      ...matches(
        all,
        (source) => isShippedCode(source) && roleOf(source) !== "actions",
        /["']use server["']/g,
        "text",
      ),
      ...[...all.values()]
        .filter((source) => roleOf(source) === "actions" && !source.text.startsWith('"use server";'))
        .map((source) => `${source.path} does not begin with "use server"`),
      ...matches(
        all,
        (source) => roleOf(source) === "actions",
        /^export (?!type\b)(?!const \w+Action = (?:public|learner|admin)Action\().*/gm,
      ),
    ],
    breaks: [
      { "app/cart/page.tsx": 'async function add() {\n  "use server";\n}' },
      { "lib/cart/actions.ts": "export const addAction = publicAction(input, add);" },
      { "lib/cart/actions.ts": '"use server";\nexport async function addToCart(form: FormData) {}' },
      { "lib/cart/actions.ts": '"use server";\nexport const addAction = add;' },
    ],
  },
  patternRule(
    "only lib/env.ts reads the environment",
    // Next replaces NEXT_RUNTIME by a constant as it builds, and must find it written out.
    (source) => isShippedCode(source) && source.path !== "lib/env.ts",
    /\bprocess\s*\.\s*env\b(?!\.NEXT_RUNTIME\b)|\bprocess\s*\[|\bimport\.meta\.env\b|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/g,
    [
      { "lib/payments/stripe.ts": '/** Adapter: x */\nimport "server-only";\nconst key = process.env.KEY;' },
      { "app/page.tsx": "const { env } = process;" },
    ],
  ),
  patternRule(
    "no SQL is put together from text",
    (source) => isShippedCode(source),
    // The driver's way of taking drizzle's own text and parameters, where db/client.ts stands between them.
    /\bsql\s*\.\s*raw\b|\.unsafe\s*\((?!text, parameters,)|\bsql\s*\(\s*["'`]/g,
    [
      { "lib/orders/queries.ts": 'import "server-only";\nconst rows = sql.raw(column);' },
      { "db/client.ts": "await client.unsafe(text);" },
    ],
  ),
];

/** Where HTML is set as text: structured data, whose `<` is escaped, and Markdown that was cleaned (a type says so). */
const SETS_HTML = ["components/catalog/json-ld.tsx", "components/catalog/markdown-html.tsx"];

/** What renders Markdown, and what takes it back from the page that it was sent with. */
const CALLS_HTML_SAFE = ["lib/catalog/render-markdown.ts", "components/learning/sent-text.tsx"];

const writingRules: readonly Rule[] = [
  patternRule(
    "HTML is never set as text, but for structured data and cleaned Markdown",
    (source) => isShippedCode(source) && !SETS_HTML.includes(source.path),
    /\bdangerouslySetInnerHTML\b|\.(?:inner|outer)HTML\s*=|\binsertAdjacentHTML\b|\bdocument\.write\b/g,
    [{ "components/learning/lesson.tsx": "<div dangerouslySetInnerHTML={{ __html: body }} />" }],
  ),
  patternRule(
    "only what renders Markdown says that HTML is safe",
    (source) => isShippedCode(source) && !CALLS_HTML_SAFE.includes(source.path),
    /\bas\s+SafeHtml\b|<SafeHtml>/g,
    [{ "components/learning/lesson.tsx": "<MarkdownHtml html={body as SafeHtml} />" }],
  ),
  patternRule(
    "no inline style: the policy of personal pages would drop it",
    (source) => /^(app|components)\/.*\.tsx$/.test(source.path) && !/opengraph|\/og\//.test(source.path),
    /\sstyle=\{/g,
    [{ "components/ui/progress.tsx": "<i style={{ width }} />" }],
  ),
  patternRule(
    "types are not talked away",
    isCode,
    /\bas\s+any\b|[:<,|&]\s*any\b(?!\s*[:?(])|\bany\[\]|\bas\s+unknown\s+as\b/g,
    [
      { "lib/money.ts": "export function add(a: any) {}" },
      { "scripts/ports.ts": "const x = y as unknown as Port;" },
      { "tests/unit/x.test.ts": "const all: Array<any> = [];" },
    ],
  ),
  patternRule(
    "no check is switched off",
    isCode,
    /@ts-(?:ignore|expect-error|nocheck)|\bbiome-ignore|\beslint-disable/g,
    [{ "lib/money.ts": "// @ts-ignore\nadd();" }],
    "text",
  ),
  patternRule(
    "no test is left out",
    isTest,
    /\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|only|todo|fixme|fails)\b|\bx(?:it|describe)\(/g,
    [
      { "tests/unit/x.test.ts": 'it.skip("adds", () => {});' },
      { "e2e/cart.spec.ts": 'test.describe.only("cart", () => {});' },
    ],
  ),
  patternRule(
    "nothing is left for later",
    () => true,
    new RegExp(`\\b(?:${OPEN_ENDS})\\b`, "g"),
    [{ "lib/money.ts": `// ${OPEN_ENDS.split("|")[0]}: round` }],
    "text",
  ),
  patternRule(
    "no path of somebody's machine",
    () => true,
    new RegExp(`(?<![\\w.@})/-])/(?:${MACHINE_FOLDERS})/`, "g"),
    [{ "scripts/ports.ts": `const log = "/${MACHINE_FOLDERS.split("|")[1]}/shop.log";` }],
    "text",
  ),
];

export const textRules: readonly Rule[] = [...folderRules, ...serverRules, ...writingRules];
