"use client";

import { useSyncExternalStore } from "react";
import { parsePreferences, readPreferences } from "@/components/layout/preferences";
import { formatDay, formatDayShort, formatMoment, formatMomentShort, isSameYear } from "@/lib/format-day";

type Format = "datetime" | "date" | "short" | "day";

type DateTimeProps = {
  readonly at: Date | string;
  /** `datetime`: 23 November 2026, 19:42 · `date`: 23 November 2026 · `short`: 23 Nov, 19:42, of another year 23 Nov 2025, 19:42 · `day`: 23 Nov */
  readonly format?: Format;
  readonly className?: string;
};

const formats = {
  datetime: { day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
} as const satisfies Record<Format, Intl.DateTimeFormatOptions>;

const inUtc = {
  datetime: formatMoment,
  date: formatDay,
  short: formatMomentShort,
  day: formatDayShort,
} as const;

const never = () => () => {};

/** In the way and zone that the account chose, else as the browser has it. */
export function formatHere(instant: Date, format: Format, preferences: string, now: Date): string {
  const { locale, timeZone } = parsePreferences(preferences);
  const dated =
    format === "short" && !isSameYear(instant, now, timeZone) ? ({ year: "numeric" } as const) : {};
  return new Intl.DateTimeFormat(locale, { ...formats[format], ...dated, timeZone }).format(instant);
}

/**
 * A moment in the reader's language and zone, in UTC until scripts run. The exact instant is in the title. Until then the year always
 * stands, since a page may be as old as last year: which year it is, only the reader's own clock decides.
 */
export function DateTime({ at, format = "datetime", className }: DateTimeProps) {
  const instant = typeof at === "string" ? new Date(at) : at;
  const here = useSyncExternalStore(never, readPreferences, () => null);
  const text = here === null ? inUtc[format](instant) : formatHere(instant, format, here, new Date());
  return (
    <time dateTime={instant.toISOString()} title={instant.toISOString()} className={className}>
      {text}
    </time>
  );
}
