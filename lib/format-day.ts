/** `2026-12-24` → `24 December 2026`: a day of a calendar, the same in every zone. */
export function formatDay(day: string): string {
  const written = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return written.format(new Date(`${day}T00:00:00Z`));
}
