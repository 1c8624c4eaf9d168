/** Between two signs of life of a visible lesson. Access that ended is noticed after this at the latest. */
export const PULSE_MS = 30_000;

/**
 * Ends the address that "Continue" leads to: the lesson opens where it was left. A part of the address that only the browser
 * sees, so that server, router and kept copies know one address per lesson.
 */
export const WHERE_LEFT = "#where-you-were";
