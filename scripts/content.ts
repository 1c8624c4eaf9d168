/**
 * npm run content -- check               looks at every file below content/ and names file, line and reason
 * npm run content -- import [--dry-run] [--force]
 *                                        brings content/ into the database; what an admin changed in the shop is kept (shown
 *                                        as `= keep`) unless --force is given
 * npm run content -- export DIR          writes the database's courses as files into DIR
 *
 * `--dir DIR` reads another folder than content/. Exit code 1 when something is wrong.
 */
import { parseArgs } from "node:util";
import { closeDatabase } from "../db/client";
import { readCatalog } from "../lib/catalog/check-catalog";
import { exportCatalog } from "../lib/catalog/export";
import { ContentError, describeProblem, importCatalog } from "../lib/catalog/import";
import type { CatalogChange } from "../lib/catalog/plan-import";
import { readContent } from "../lib/catalog/read-content";
import { useInstallation } from "./use-installation";

const USAGE = "Usage: npm run content -- check | import [--dry-run] [--force] | export DIR   [--dir content]";

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean", default: false },
      force: { type: "boolean", default: false },
      dir: { type: "string", default: "content" },
    },
  });
  const [command, target] = positionals;
  if (command === "check") return check(values.dir);
  if (command === "import") return withDatabase(() => runImport(values.dir, values["dry-run"], values.force));
  if (command === "export" && target) return withDatabase(() => runExport(values.dir, target));
  console.error(USAGE);
  return 1;
}

/** Beside a running shop or without one; see `useInstallation`. */
async function withDatabase(work: () => Promise<number>): Promise<number> {
  const installation = await useInstallation();
  try {
    return await work();
  } finally {
    await closeDatabase();
    await installation.close();
  }
}

async function runExport(from: string, to: string): Promise<number> {
  const written = await exportCatalog({ from, to });
  console.log(`${written} files written to ${to}`);
  return 0;
}

async function check(dir: string): Promise<number> {
  const { courses, problems } = readCatalog(await readContent(dir));
  for (const problem of problems) console.error(`${dir}/${describeProblem(problem)}`);
  if (!courses) {
    console.error(count(problems.length, "problem"));
    return 1;
  }
  const lessons = courses.flatMap((course) => course.modules.flatMap((module) => module.lessons));
  const exercises = lessons.flatMap((lesson) => lesson.exercises);
  console.log(
    `${count(courses.length, "course")}, ${count(lessons.length, "lesson")}, ${count(exercises.length, "exercise")}: no problem`,
  );
  return 0;
}

async function runImport(dir: string, dryRun: boolean, force: boolean): Promise<number> {
  const report = await importCatalog({ dir, dryRun, force, now: new Date() });
  for (const change of report.changes) console.log(describeChange(change));
  const kept = report.changes.filter(({ action }) => action === "keep").length;
  const made = report.changes.length - kept;
  if (kept > 0)
    console.log(
      `${count(kept, "difference")} kept as an admin changed it in the shop; --force takes the files instead`,
    );
  const found = `${count(report.courses, "course")}, ${count(report.lessons, "lesson")}, ${count(report.exercises, "exercise")}`;
  const done = dryRun ? "would be made" : "made";
  console.log(`${found}: ${made === 0 ? "nothing to change" : `${count(made, "change")} ${done}`}`);
  return 0;
}

const SIGNS = { add: "+", change: "~", archive: "-", restore: "+", keep: "=" } as const satisfies Record<
  CatalogChange["action"],
  string
>;

/** `~ change  lesson    data-structures/sets-and-tuples (body, minutes)` */
function describeChange({ action, what, path, fields }: CatalogChange): string {
  const detail = fields.length > 0 ? ` (${fields.join(", ")})` : "";
  return `${SIGNS[action]} ${action.padEnd(8)} ${what.padEnd(9)} ${path}${detail}`;
}

function count(amount: number, thing: string): string {
  return `${amount} ${thing}${amount === 1 ? "" : "s"}`;
}

main()
  .catch((error: unknown) => {
    if (error instanceof ContentError) console.error(`${error.message}\nNothing was imported.`);
    else console.error(error instanceof Error ? error.message : error);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });
