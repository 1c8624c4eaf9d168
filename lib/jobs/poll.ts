/** Adapter: the clock of work that is looked for again and again. */
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

type Polling = {
  /** Does what is due and answers how much that was. */
  readonly work: () => Promise<number>;
  /** The first pause after there was nothing to do; it grows by half up to `idleMs`. */
  readonly everyMs: number;
  readonly idleMs: number;
  readonly onError: (error: unknown) => void;
};

const LONGEST_PAUSE_AFTER_ERROR_MS = 15_000;

/** Works until `signal` aborts: without a pause while there is something to do, patiently while nothing works. */
export async function poll({ work, everyMs, idleMs, onError }: Polling, signal: AbortSignal): Promise<void> {
  let pause = 0;
  while (!signal.aborted) {
    try {
      pause = (await work()) > 0 ? 0 : Math.min(idleMs, Math.max(everyMs, pause * 1.5));
    } catch (error) {
      onError(error);
      pause = Math.min(LONGEST_PAUSE_AFTER_ERROR_MS, Math.max(everyMs, pause * 2));
    }
    await pauseFor(pause, signal);
  }
}

/** Ends early when `signal` aborts. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  await sleep(ms, undefined, { signal }).catch(() => {});
}
