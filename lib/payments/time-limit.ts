/** Adapter: how long a person waits for Stripe, however many calls their wish takes. */
import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as pause } from "node:timers/promises";

const deadlines = new AsyncLocalStorage<number>();

/** Somebody looks at a spinner meanwhile; what they wished for can be taken up again later. */
export const PATIENCE_OF_A_PERSON_MS = 5_000;

/** Every call that `work` makes to Stripe is answered or given up within `ms`, all of them together. */
export function withinTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return deadlines.run(performance.now() + ms, work);
}

/** Milliseconds until the caller's patience ends; Infinity where nobody waits. */
export function timeLeft(): number {
  return (deadlines.getStore() ?? Number.POSITIVE_INFINITY) - performance.now();
}

/** The answer, or null when it does not come in time. The call itself goes on: its effect is unknown. */
export async function inTime<T>(answer: Promise<T>): Promise<{ readonly value: T } | null> {
  const ms = timeLeft();
  if (!Number.isFinite(ms)) return { value: await answer };
  const ending = new AbortController();
  const late = pause(Math.max(0, ms), null, { signal: ending.signal }).catch(() => null);
  try {
    return await Promise.race([answer.then((value) => ({ value })), late]);
  } finally {
    ending.abort();
  }
}
