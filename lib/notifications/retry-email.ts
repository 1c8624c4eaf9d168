const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** The API forgets an idempotency key after 24 hours; a later attempt could reach somebody a second time. */
const GIVE_UP_AFTER_MS = 24 * HOUR;
/** A worker that was away for a day still tries in earnest. */
const LEAST_ATTEMPTS = 5;

/**
 * How long to wait after the failed attempt number `attempts`, in milliseconds; null means giving up. Doubles from 5
 * seconds to an hour; `retryAfterMs` is the API's own wish and is kept to.
 */
export function emailRetryDelay(
  attempts: number,
  ageMs: number,
  retryAfterMs: number | null = null,
): number | null {
  if (ageMs >= GIVE_UP_AFTER_MS && attempts >= LEAST_ATTEMPTS) return null;
  const doubled = Math.min(HOUR, 5 * SECOND * 2 ** Math.min(Math.max(attempts, 1) - 1, 20));
  return Math.max(doubled, retryAfterMs ?? 0);
}
