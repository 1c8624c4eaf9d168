"use client";

import { useSyncExternalStore } from "react";
import { parsePreferences, readPreferences } from "@/components/layout/preferences";
import { formatDay, formatMoment, formatMomentShort } from "@/lib/format-day";

type DateTimeProps = {
  readonly at: Date | string;
  /** `datetime`: 23 November 2026, 19:42 · `date`: 23 November 2026 · `short`: 23 Nov, 19:42 */
  readonly format?: "datetime" | "date" | "short";
  readonly className?: string;
};

const formats = {
  datetime: { day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" },
  date: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const inUtc = { datetime: formatMoment, date: formatDay, short: formatMomentShort } as const;

const never = () => () => {};

/** In the way and zone that the account chose, else as the browser has it. */
function formatHere(instant: Date, format: Intl.DateTimeFormatOptions, preferences: string): string {
  const { locale, timeZone } = parsePreferences(preferences);
  return new Intl.DateTimeFormat(locale, { ...format, timeZone }).format(instant);
}

/** A moment in the reader's language and zone, in UTC until scripts run. The exact instant is in the title. */
export function DateTime({ at, format = "datetime", className }: DateTimeProps) {
  const instant = typeof at === "string" ? new Date(at) : at;
  const here = useSyncExternalStore(never, readPreferences, () => null);
  const text = here === null ? inUtc[format](instant) : formatHere(instant, formats[format], here);
  return (
    <time dateTime={instant.toISOString()} title={instant.toISOString()} className={className}>
      {text}
    </time>
  );
}
