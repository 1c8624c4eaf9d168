import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayIn, knownZone } from "@/lib/identity/zone";
import { addDays, countStreak, fillDays, sumWeeks, weekdayOf } from "@/lib/progress/streak";

const day = (date: string, seconds = 600) => ({ day: date, seconds, lessons: 0, exercises: 0 });
const START = "2024-02-20";
const offsets = fc.uniqueArray(fc.nat(80), { maxLength: 60 });

describe("The streak", () => {
  test("runs to today, or to yesterday while today is still young, and never past a gap", () => {
    const days = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-24", "2026-11-25"].map((date) =>
      day(date),
    );
    expect(countStreak(days, "2026-11-25")).toEqual({ current: 2, longest: 3 });
    expect(countStreak(days, "2026-11-26")).toEqual({ current: 2, longest: 3 });
    expect(countStreak(days, "2026-11-27")).toEqual({ current: 0, longest: 3 });
    expect(countStreak([], "2026-11-27")).toEqual({ current: 0, longest: 0 });
  });

  test("counts a day with something done, or five minutes", () => {
    const short = day("2026-11-25", 299);
    expect(countStreak([short], "2026-11-25").current).toBe(0);
    expect(countStreak([{ ...short, lessons: 1 }], "2026-11-25").current).toBe(1);
    expect(countStreak([{ ...short, exercises: 1 }], "2026-11-25").current).toBe(1);
    expect(countStreak([day("2026-11-25", 300)], "2026-11-25").current).toBe(1);
  });

  test("is the same in whatever order the days come, and never longer than the longest or than there are days", () => {
    fc.assert(
      fc.property(offsets, fc.nat(80), (picked, now) => {
        const days = picked.map((offset) => day(addDays(START, offset)));
        const streak = countStreak(days, addDays(START, now));
        expect(countStreak(days.toReversed(), addDays(START, now))).toEqual(streak);
        expect(streak.current).toBeLessThanOrEqual(streak.longest);
        expect(streak.longest).toBeLessThanOrEqual(days.length);
        expect(streak.longest > 0).toBe(days.length > 0);
      }),
    );
  });
});

describe("Days and weeks", () => {
  test("are filled without a gap and lose nothing when summed", () => {
    fc.assert(
      fc.property(offsets, (picked) => {
        const days = picked.map((offset) => ({
          day: addDays(START, offset),
          seconds: 60,
          lessons: 1,
          exercises: 2,
        }));
        const all = fillDays(days, START, addDays(START, 80));
        expect(all).toHaveLength(81);
        const weeks = sumWeeks(all);
        expect(weeks.reduce((sum, week) => sum + week.lessons, 0)).toBe(days.length);
        expect(weeks.reduce((sum, week) => sum + week.seconds, 0)).toBe(days.length * 60);
        for (const week of weeks) expect(weekdayOf(week.monday)).toBe(0);
      }),
    );
  });

  test("follow the calendar over a leap day and the end of a year", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  });
});

describe("The reader's zone", () => {
  test("is a zone that is known, and nothing else", () => {
    expect(knownZone("Europe/Berlin")).toBe("Europe/Berlin");
    for (const none of [
      undefined,
      "",
      "Mars/Olympus",
      "'; drop table users",
      "Europe/../..",
      "x".repeat(200),
    ])
      expect(knownZone(none)).toBeNull();
  });

  test("decides which day it is", () => {
    const at = new Date("2026-11-26T23:30:00Z");
    expect(dayIn("UTC", at)).toBe("2026-11-26");
    expect(dayIn("Asia/Kathmandu", at)).toBe("2026-11-27");
    expect(dayIn("America/New_York", at)).toBe("2026-11-26");
  });
});
