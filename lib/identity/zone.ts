/** Written by the browser; holds nothing but the name of a time zone. */
export const ZONE_COOKIE = "lectern_zone";

/** The zone, when this program (and so Postgres, which reads the same list) knows it. */
export function knownZone(name: string | undefined): string | null {
  if (!name || !/^[A-Za-z_]{2,20}(?:\/[A-Za-z0-9_+-]{1,30}){0,2}$/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** The calendar day of an instant in a zone: `2026-11-26`. */
export function dayIn(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return parts.format(at);
}
