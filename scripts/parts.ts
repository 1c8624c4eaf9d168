import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";

/** A process under supervision. */
export type Running = {
  /** Null when the part finds and ends what a killed run left of it by itself. */
  readonly pid: number | null;
  /** Resolves when it has ended, for whatever reason, with words for the terminal. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
};

/** One process of the installation and how to start it. */
export type Part = {
  readonly name: string;
  readonly logFile: string;
  /** Starts it and resolves when it is ready to be used. */
  launch(): Promise<Running>;
};

type NodePart = {
  readonly name: string;
  readonly logs: string;
  /** Node's arguments: the program and its own. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Answers true once the part works. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs: number;
  /** How long it may take to end what it is doing. */
  readonly stopWithinMs: number;
};

const END_WITH_PARENT = new URL("end-with-parent.mjs", import.meta.url).href;

/** A program of ours under Node: its output goes to its log, and it ends with us. */
export function nodePart(part: NodePart): Part {
  const logFile = join(part.logs, `${part.name}.log`);
  return {
    name: part.name,
    logFile,
    launch: async () => {
      const running = spawnNode(part, logFile);
      const state = { ended: false };
      void running.ended.then(() => {
        state.ended = true;
      });
      const deadline = Date.now() + part.readyWithinMs;
      while (!state.ended && !(await part.isReady())) {
        if (Date.now() > deadline) {
          await running.stop();
          throw new PartFailed(
            part.name,
            `did not become ready within ${part.readyWithinMs / 1000} s`,
            logFile,
          );
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      if (state.ended) throw new PartFailed(part.name, await running.ended, logFile);
      return running;
    },
  };
}

/** A part did not come up. */
export class PartFailed extends Error {
  override readonly name = "PartFailed";
  constructor(part: string, what: string, logFile: string) {
    super(`The ${part} ${what}: the reason is in ${logFile}. Correct it, then start again.`);
  }
}

function spawnNode(part: NodePart, logFile: string): Running {
  const log = openSync(logFile, "a", 0o600);
  // Its own process group: Ctrl-C in a terminal reaches the supervisor alone, which ends the parts in order.
  const child = spawn(process.execPath, ["--import", END_WITH_PARENT, ...part.args], {
    env: { ...part.env, END_WITH_PARENT: "1" },
    stdio: ["pipe", log, log],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`could not be started (${error.message})`));
    child.once("exit", (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`),
    );
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), part.stopWithinMs);
    await ended;
    clearTimeout(timer);
  };
  return { pid: child.pid ?? null, ended, stop };
}
