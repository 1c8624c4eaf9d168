/**
 * npm run simulate [-- --histories N] [--seed S] [--verbose] [--report FILE]
 *
 * Lives N random histories of the shop's money under faults, on a real Postgres and the Stripe sandbox, each from its own
 * seed (S, S + 1, …). A history that breaks something is told with the seed that brings it back:
 *
 *     npm run simulate -- --histories 1 --seed 4711 --verbose
 *
 * The last line is `histories=N operations=N faults=N violations=N seed=S`. Exit code 1 when there is a violation.
 *
 * npm run simulate -- --sabotage [--only PATTERN]
 *
 * Tests the test: takes one guard away at a time and lives histories until one breaks. The last line is
 * `sabotages=N caught=N`. Exit code 1 when one was not noticed.
 */
import { writeFileSync } from "node:fs";
import { runCommand } from "../../scripts/run-command";
import { readArguments } from "./arguments";
import { startHistories } from "./processes";
import { trySabotages } from "./sabotage";
import { Tally } from "./tally";

await runCommand(async () => {
  const { histories, seed, verbose, report, sabotage, only } = readArguments(process.argv.slice(2));
  if (sabotage) return testTheTest(seed, only);
  const tally = new Tally();
  const processes = await startHistories();
  const started = Date.now();
  try {
    await processes.live(
      Array.from({ length: histories }, (_, index) => seed + index),
      (told) => {
        tally.add(told);
        if (verbose) console.log(told.trace.join("\n"), `\nfingerprint ${told.fingerprint}`);
        for (const violation of told.violations) console.log(`seed ${told.seed}: ${violation}`);
        if (tally.histories % 100 === 0)
          console.log(`${tally.histories} histories, ${Math.round((Date.now() - started) / 1000)} s`);
        return true;
      },
    );
  } finally {
    await processes.close();
  }
  console.log(tally.describe());
  console.log(
    `histories=${tally.histories} operations=${tally.operations} faults=${tally.faults} violations=${tally.violations} seed=${seed}`,
  );
  if (report)
    writeFileSync(
      report,
      JSON.stringify({ passed: tally.histories - tally.failing.length, failed: tally.failing.length }),
    );
  process.exitCode = tally.violations === 0 ? 0 : 1;
});

async function testTheTest(seed: number, only: string | undefined): Promise<void> {
  let [tried, caught] = [0, 0];
  await trySabotages({ seed, only }, ({ name, noticed, histories }) => {
    tried += 1;
    if (noticed !== null) caught += 1;
    const verdict = noticed === null ? "SURVIVED" : "caught";
    console.log(
      `${verdict.padEnd(8)} ${name}, ${histories} histories${noticed === null ? "" : `: ${noticed.slice(0, 160)}`}`,
    );
  });
  console.log(`sabotages=${tried} caught=${caught}`);
  process.exitCode = tried > 0 && caught === tried ? 0 : 1;
}
