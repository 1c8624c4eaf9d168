import { DateTime } from "@/components/ui/date-time";
import { formatDay } from "@/lib/format-day";
import { lastDayBefore } from "@/lib/seats/schema";

/** The last day of a seat as staff typed it, the same in every zone; the moment itself where no day was chosen. */
export function SeatEnd({ at }: { readonly at: Date | null }) {
  if (!at) return "None";
  const day = lastDayBefore(at);
  return day ? <time dateTime={day}>{formatDay(day)}</time> : <DateTime at={at} />;
}
