/** Adapter: the clock by which each process of the shop writes what it counted. */
import "server-only";
import { log } from "../log";
import { keepStepCounts } from "./mutations";

const EVERY_MS = 10_000;

/** Called once per process, from `instrumentation.ts`. A process that is killed loses what it counted since the last time. */
export function writeStepsRegularly(): void {
  const again = () =>
    setTimeout(() => {
      keepStepCounts()
        .catch((error: unknown) => log.debug({ err: error }, "what was counted could not be written"))
        .finally(again);
    }, EVERY_MS).unref();
  again();
}
