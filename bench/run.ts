/**
 * npm run bench [-- GROUP …]   measures the shop as it is built, against the most that the same machine and the same
 *                              Next can do, in one run; what nothing can be compared with, against a bound. Groups: pages,
 *                              webhook, learn, documents, admin. Without one: all of them, each on a shop of its own.
 *
 * A line for each figure: `name ours=… ceiling=… ratio=… goal=… ok|short`. Exit code 1 only when it cannot measure.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../sandbox/problem";
import { build, isBuildFresh } from "../scripts/build";
import { runCommand } from "../scripts/run-command";
import { measureAdmin } from "./admin";
import { measureDocuments } from "./documents";
import { describeFigure, type Figure } from "./figures";
import { measureLearning } from "./learn";
import { measurePages } from "./pages";
import { type BenchShop, LOGS, startBenchShop } from "./start-shop";
import { measureWebhook } from "./webhook";

const GROUPS: Readonly<Record<string, (shop: BenchShop) => AsyncGenerator<Figure>>> = {
  pages: measurePages,
  webhook: measureWebhook,
  learn: measureLearning,
  documents: measureDocuments,
  admin: measureAdmin,
};

// What is measured in this process runs as in the shop: React is another program without it.
Object.assign(process.env, { NODE_ENV: "production" });

await runCommand(async () => {
  const groups = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(GROUPS);
  for (const group of groups) {
    if (!Object.hasOwn(GROUPS, group))
      throw new Problem(
        `There is no group ${group}: choose ${Object.keys(GROUPS).join(" or ")}, or none for all.`,
      );
  }
  await requireBuild();
  const [group = ""] = groups;
  if (groups.length > 1) groups.forEach(measureApart);
  else await measure(group);
});

async function measure(group: string): Promise<void> {
  const shop = await startBenchShop();
  try {
    for await (const figure of GROUPS[group]?.(shop) ?? []) console.log(describeFigure(figure));
  } finally {
    await shop.close();
  }
}

/** What a group leaves in the shop's database would disturb the next. */
function measureApart(group: string): void {
  const [, script = ""] = process.argv;
  const { status } = spawnSync(process.execPath, [...process.execArgv, script, group], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}

async function requireBuild(): Promise<void> {
  if (isBuildFresh()) return;
  console.error("Building the shop …");
  mkdirSync(LOGS, { recursive: true });
  await build(join(LOGS, "build.log"));
}
