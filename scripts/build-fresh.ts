/** Builds the shop unless the build of exactly these sources is there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, isBuildFresh } from "./build";
import { runCommand } from "./run-command";
import { step } from "./steps.mjs";

await runCommand(async () => {
  if (isBuildFresh()) return console.log("The build is up to date.");
  const folder = mkdtempSync(join(tmpdir(), "lectern-build-"));
  await step("Build the shop", () => build(join(folder, "build.log")));
  rmSync(folder, { recursive: true });
});
