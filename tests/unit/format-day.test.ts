import { expect, test } from "vitest";
import { formatDay, formatMoment, formatMomentShort } from "@/lib/format-day";

test("a day and a moment are written alike by every engine", () => {
  const at = new Date("2026-09-05T05:07:09.120Z");
  expect([formatDay("2026-12-24"), formatDay(at)]).toEqual(["24 December 2026", "5 September 2026"]);
  expect(formatMoment(at)).toBe("5 September 2026, 05:07 UTC");
  expect(formatMomentShort(at)).toBe("5 Sep, 05:07 UTC");
});

test("a moment is told by UTC, whatever the zone of the machine", () => {
  const at = new Date("2027-01-01T01:30:00+14:00");
  expect([formatDay(at), formatMoment(at)]).toEqual(["31 December 2026", "31 December 2026, 11:30 UTC"]);
});
