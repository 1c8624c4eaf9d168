import { execFile } from "node:child_process";
import { Problem } from "../sandbox/problem";

const LOADER = new URL("typescript.mjs", import.meta.url).href;
const END_WITH_PARENT = new URL("end-with-parent.mjs", import.meta.url).href;

/**
 * Runs one of the project's commands to its end and answers its last line.
 *
 * @throws Problem with what the command said, when it fails.
 */
export function runTask(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...env, END_WITH_PARENT: "1" }, signal, maxBuffer: 16 * 1024 ** 2 };
    const command = ["--import", END_WITH_PARENT, "--import", LOADER, ...args];
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout.trim().split("\n").at(-1) ?? "");
      reject(
        new Problem(`${stderr.trim() || stdout.trim()}\n\n${args.join(" ")} failed: the reason is above.`),
      );
    });
  });
}
