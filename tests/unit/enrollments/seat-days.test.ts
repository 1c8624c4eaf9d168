import { expect, test } from "vitest";
import { grantInput, lastDay, lastDayBefore } from "@/lib/seats/schema";

test("the last day of a seat is shown as it was typed, whatever moment stands for it", () => {
  for (const day of ["2026-11-28", "2026-12-31", "2028-02-29"]) {
    const end = lastDay.parse(day);
    expect(end && lastDayBefore(end)).toBe(day);
  }
  expect(lastDayBefore(new Date("2026-11-28T10:31:00.001Z")), "a moment that no day chose").toBeNull();
});

test("a course is chosen from a list, so a form without one asks to choose", () => {
  const typed = { email: "ada@example.org", course: "", type: "gifted", until: "", reason: "" };
  expect(grantInput.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual([
    "Choose a course.",
  ]);
});
