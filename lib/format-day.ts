const dayFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `2026-12-24`, or a moment in UTC → `24 December 2026`: a day of a calendar, the same in every zone. */
export const formatDay = (day: string | Date): string => dayFormat.format(new Date(day));
