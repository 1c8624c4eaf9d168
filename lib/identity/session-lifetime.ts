/** How long a sign-in lasts. Source: OWASP ASVS 5.0, 7.1.1 and 7.3 (documented idle and absolute limits). */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds without a request after which a session is over. */
export const IDLE_SECONDS = 30 * DAY;
/** Seconds after sign-in at which every session is over. */
export const ABSOLUTE_SECONDS = 90 * DAY;
/** A visit is written down at most once in this many seconds, so that reading a page rarely writes. */
export const SEEN_EVERY_SECONDS = 5 * MINUTE;

/** Seconds after sign-in at which a session ends that was not to stay on the device; its cookie goes with the browser. */
export const SHORT_SECONDS = 12 * HOUR;

/** When a session that begins now must end. */
export function sessionExpiry(startedAt: Date, stay: boolean): Date {
  return new Date(startedAt.getTime() + (stay ? ABSOLUTE_SECONDS : SHORT_SECONDS) * 1000);
}
