/**
 * npm run audit   checks every invariant of the money against the database, and changes nothing
 *
 * A line for each breach; the last line is `invariants=N violations=N`. Exit code 1 when there is one.
 */
import { runCommand } from "./run-command";
import { useInstallation } from "./use-installation";

await runCommand(async () => {
  const installation = await useInstallation();
  const { closeDatabase } = await import("../db/client");
  try {
    const { findViolations, INVARIANTS } = await import("../lib/audit/queries");
    const violations = await findViolations();
    for (const { name, holds } of INVARIANTS) {
      const breaches = violations.filter((violation) => violation.invariant === name);
      console.log(`${breaches.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(26)} ${holds}`);
      for (const breach of breaches) console.log(`       ${breach.id}  ${breach.detail}`);
    }
    console.log(`invariants=${INVARIANTS.length} violations=${violations.length}`);
    process.exitCode = violations.length === 0 ? 0 : 1;
  } finally {
    await closeDatabase();
    await installation.close();
  }
});
