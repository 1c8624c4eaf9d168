/**
 * npm run audit   checks every invariant of the money against the database, and the database against Stripe's (or the
 *                 sandbox's) books, in both directions; it changes nothing
 *
 * A line for each breach; the last line is `invariants=N violations=N`. Exit code 1 when there is one.
 */
import { parseArgs } from "node:util";
import { runCommand } from "./run-command";
import { useInstallation } from "./use-installation";

await runCommand(async () => {
  parseArgs({ options: {} });
  const installation = await useInstallation();
  const { closeDatabase } = await import("../db/client");
  try {
    const { checkAuditLog, findLedgerDifferences, findViolations } = await import("../lib/audit/queries");
    const { INVARIANTS } = await import("../lib/audit/invariants");
    const { LEDGER_INVARIANTS } = await import("../lib/audit/compare-ledger");
    const log = {
      name: "audit-log-unchanged",
      holds: "Every entry of the audit log has the hash it was written with",
    };
    const invariants = [...INVARIANTS, ...LEDGER_INVARIANTS, log];
    const { broken } = await checkAuditLog();
    const changed = broken
      ? [{ invariant: log.name, id: String(broken.number), detail: broken.problem }]
      : [];
    const violations = [...(await findViolations()), ...(await findLedgerDifferences()), ...changed];
    for (const { name, holds } of invariants) {
      const breaches = violations.filter((violation) => violation.invariant === name);
      console.log(`${breaches.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(26)} ${holds}`);
      for (const breach of breaches) console.log(`       ${breach.id}  ${breach.detail}`);
    }
    console.log(`invariants=${invariants.length} violations=${violations.length}`);
    process.exitCode = violations.length === 0 ? 0 : 1;
  } finally {
    await closeDatabase();
    await installation.close();
  }
});
