import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysIn } from "@/lib/analytics/period";
import { MOST_DAYS, RANGES, readRange } from "@/lib/progress/date-range";
import { addDays, weekdayOf } from "@/lib/progress/streak";

const TODAY = "2026-11-27";
const twelveWeeks = { from: "2026-09-07", to: TODAY };
const problemOf = (sent: Record<string, string>) => readRange(sent, TODAY).problem;

describe("The range of the progress page", () => {
  test("is twelve weeks from a Monday, or what a preset names", () => {
    expect(readRange({}, TODAY)).toEqual({
      period: twelveWeeks,
      preset: "12-weeks",
      problem: null,
      typed: null,
    });
    for (const range of RANGES) {
      const { period, preset } = readRange({ range }, TODAY);
      expect(preset).toBe(range);
      expect([weekdayOf(period.from), period.to]).toEqual([0, TODAY]);
    }
    for (const range of ["all", "", ["12-weeks", "26-weeks"]])
      expect(readRange({ range }, TODAY).preset).toBe("12-weeks");
  });

  test("is the days that were asked for, also when a preset stands beside them", () => {
    const asked = readRange({ from: "2026-03-01", to: "2026-03-15", range: "52-weeks" }, TODAY);
    expect(asked).toMatchObject({
      period: { from: "2026-03-01", to: "2026-03-15" },
      preset: null,
      problem: null,
    });
    expect(readRange({ from: TODAY, to: TODAY }, TODAY).period).toEqual({ from: TODAY, to: TODAY });
  });

  test("runs to today without a last day, and over twelve weeks without a first", () => {
    expect(readRange({ from: "2026-11-20", to: "" }, TODAY).period).toEqual({
      from: "2026-11-20",
      to: TODAY,
    });
    const { period } = readRange({ to: "2026-11-20" }, TODAY);
    expect([daysIn(period), period.to]).toEqual([84, "2026-11-20"]);
  });

  test("names what is wrong and where, keeps what was typed, and shows twelve weeks meanwhile", () => {
    const tomorrow = addDays(TODAY, 1);
    expect(problemOf({ from: "2026-03-15", to: "2026-03-14" })).toEqual({ code: "wrong_order", field: "to" });
    expect(problemOf({ from: "2026-03-15", to: tomorrow })).toEqual({ code: "in_future", field: "to" });
    expect(problemOf({ from: tomorrow, to: "" })).toEqual({ code: "in_future", field: "from" });
    for (const from of ["2026-02-29", "2026-13-01", "yesterday", "2026-3-1", "0", "'; drop table users"])
      expect(problemOf({ from })).toEqual({ code: "no_date", field: "from" });
    const start = addDays(TODAY, 1 - MOST_DAYS);
    expect(problemOf({ from: start })).toBeNull();
    expect(problemOf({ from: addDays(start, -1) })).toEqual({ code: "too_long", field: "from" });
    const typed = { from: "2026-03-15", to: "2026-03-14" };
    expect(readRange(typed, TODAY)).toMatchObject({ period: twelveWeeks, preset: "12-weeks", typed });
  });

  test("never begins after its end, never ends after today, and is never too long to draw, whatever is sent", () => {
    const day = fc.integer({ min: -3_000, max: 400 }).map((days) => addDays(TODAY, days));
    const value = fc.oneof(day, fc.string({ maxLength: 12 }), fc.constant(undefined));
    fc.assert(
      fc.property(value, value, fc.oneof(fc.constantFrom(...RANGES), fc.string()), (from, to, range) => {
        const { period } = readRange({ from, to, range }, TODAY);
        expect(daysIn(period)).toBeGreaterThan(0);
        expect(daysIn(period)).toBeLessThanOrEqual(MOST_DAYS);
        expect(period.to <= TODAY).toBe(true);
      }),
    );
  });
});
