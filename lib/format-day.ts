/* Written out, since engines differ in what `en-GB` looks like ("Sept", "5:07"), and a page must read alike on the server and in every browser. */
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const monthOf = (at: Date) => MONTHS[at.getUTCMonth()] ?? "";
const clock = (at: Date) => at.toISOString().slice(11, 16);

/** `2026-12-24`, or a moment in UTC → `24 December 2026`: a day of a calendar, the same in every zone. */
export function formatDay(day: string | Date): string {
  const at = new Date(day);
  return `${at.getUTCDate()} ${monthOf(at)} ${at.getUTCFullYear()}`;
}

/** `24 December 2026, 09:05 UTC` */
export const formatMoment = (at: Date): string => `${formatDay(at)}, ${clock(at)} UTC`;

/** `24 Dec` */
export const formatDayShort = (at: Date): string => `${at.getUTCDate()} ${monthOf(at).slice(0, 3)}`;

/** `24 Dec 2026, 09:05 UTC` */
export const formatMomentShort = (at: Date): string =>
  `${formatDayShort(at)} ${at.getUTCFullYear()}, ${clock(at)} UTC`;

/** Whether two moments are in one year of a zone's calendar; without a zone, of the reader's own. */
export function isSameYear(one: Date, other: Date, timeZone?: string): boolean {
  const year = new Intl.DateTimeFormat("en-US", { year: "numeric", timeZone });
  return year.format(one) === year.format(other);
}
