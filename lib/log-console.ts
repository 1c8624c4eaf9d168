/** Adapter: what Next and libraries print becomes lines of our log, so that nothing of an error is printed unchecked. */
import "server-only";
import { stripVTControlCharacters } from "node:util";
import { log } from "./log";

const LEVELS = { error: "error", warn: "warn", log: "info", info: "info", debug: "debug" } as const;

/** Called once per process, from `instrumentation.ts`. Only text and errors are kept: objects may hold anything. */
export function logConsole(): void {
  for (const method of Object.keys(LEVELS) as (keyof typeof LEVELS)[]) {
    console[method] = (...printed: unknown[]) => {
      const err = printed.find((one) => one instanceof Error);
      const words = printed.filter((one) => typeof one === "string").join(" ");
      const msg = stripVTControlCharacters(words)
        .replace(/^[\s⨯⚠✓○▲-]+/, "")
        .trim();
      if (err) log[LEVELS[method]]({ err }, msg === "" ? "an error was not caught" : msg);
      else if (msg !== "") log[LEVELS[method]](msg);
    };
  }
}
