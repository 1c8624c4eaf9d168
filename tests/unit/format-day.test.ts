import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { DateTime, formatHere } from "@/components/ui/date-time";
import { formatDay, formatDayShort, formatMoment, formatMomentShort } from "@/lib/format-day";

test("a day and a moment are written alike by every engine", () => {
  const at = new Date("2026-09-05T05:07:09.120Z");
  expect([formatDay("2026-12-24"), formatDay(at)]).toEqual(["24 December 2026", "5 September 2026"]);
  expect(formatMoment(at)).toBe("5 September 2026, 05:07 UTC");
  expect([formatDayShort(at), formatMomentShort(at)]).toEqual(["5 Sep", "5 Sep 2026, 05:07 UTC"]);
});

test("a moment is told by UTC, whatever the zone of the machine", () => {
  const at = new Date("2027-01-01T01:30:00+14:00");
  expect([formatDay(at), formatMoment(at)]).toEqual(["31 December 2026", "31 December 2026, 11:30 UTC"]);
});

test("a short moment has its year wherever it is not the reader's own year", () => {
  const here = JSON.stringify({ timeZone: "Pacific/Auckland", locale: "en-GB" });
  const now = new Date("2026-12-31T12:00:00Z");
  const short = (at: string) => formatHere(new Date(at), "short", here, now);
  expect(short("2027-03-01T10:00:00Z"), "it is 2027 in Auckland already").not.toContain("2027");
  expect(short("2026-12-31T10:00:00Z")).toContain("2026");
  expect(short("2020-12-01T10:00:00Z")).toContain("2020");
  expect(short("9999-12-31T00:00:00Z")).toContain("9999");
});

test("a page that was made last year says the same until the reader's clock decides", () => {
  const html = renderToString(createElement(DateTime, { at: "2026-09-05T05:07:09.120Z", format: "short" }));
  expect(html).toContain("5 Sep 2026, 05:07 UTC");
});
