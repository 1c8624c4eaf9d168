/** How long a sign-in lasts. Source: OWASP ASVS 5.0, 7.1.1 and 7.3 (documented idle and absolute limits). */

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Seconds without a request after which a session is over. */
export const IDLE_SECONDS = 30 * DAY;
/** Seconds after sign-in at which every session is over. */
export const ABSOLUTE_SECONDS = 90 * DAY;
/** A visit is written down at most once in this many seconds, so that reading a page rarely writes. */
export const SEEN_EVERY_SECONDS = 5 * MINUTE;

/** When a session that begins now must end. */
export function sessionExpiry(startedAt: Date): Date {
  return new Date(startedAt.getTime() + ABSOLUTE_SECONDS * 1000);
}
