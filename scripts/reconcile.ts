/**
 * npm run reconcile                 compares orders, payments, refunds and disputes with Stripe, and repairs what is safe
 * npm run reconcile -- --dry-run    only says what it would do
 * npm run reconcile -- --days 30    looks further back than three days
 *
 * What it cannot repair stands on the admin's overview until it is cleared. Exit code 1 when something is left.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { Problem } from "../sandbox/problem";
import { runCommand } from "./run-command";
import { useInstallation } from "./use-installation";

await runCommand(async () => {
  const { values } = parseArgs({
    options: { "dry-run": { type: "boolean", default: false }, days: { type: "string", default: "3" } },
  });
  const { data: days } = z.coerce.number().int().min(1).max(365).safeParse(values.days);
  if (days === undefined) throw new Problem("--days takes a whole number from 1 to 365.");
  const installation = await useInstallation();
  const { closeDatabase } = await import("../db/client");
  try {
    const { reconcile } = await import("../lib/reconciliation/reconcile");
    const { repaired, left, checked } = await reconcile(days * 24, new Date(), values["dry-run"]);
    for (const what of repaired) console.log(`${values["dry-run"] ? "would repair" : "repaired"}  ${what}`);
    for (const { kind, subject, problem } of left) console.log(`left  ${kind} ${subject}: ${problem}`);
    console.log(
      Object.entries(checked)
        .map(([what, count]) => `${what}=${count}`)
        .join(" "),
    );
    console.log(`repaired=${repaired.length} differences=${left.length}`);
    process.exitCode = left.length === 0 ? 0 : 1;
  } finally {
    await closeDatabase();
    await installation.close();
  }
});
