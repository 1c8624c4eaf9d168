/** What was done on one day of the reader's calendar. */
export type ActivityDay = {
  /** `2026-11-26` */
  readonly day: string;
  readonly seconds: number;
  readonly lessons: number;
  readonly exercises: number;
};

export type Streak = { readonly current: number; readonly longest: number };

/** The rule in words, shown wherever the streak is. */
export const STREAK_RULE =
  "A day counts when you completed a lesson, passed an exercise or spent at least five minutes in lessons. The streak runs to today, or to yesterday while today is still young; days begin at midnight in your time zone.";

const LEAST_SECONDS = 300;

export function isLearningDay({ seconds, lessons, exercises }: ActivityDay): boolean {
  return lessons > 0 || exercises > 0 || seconds >= LEAST_SECONDS;
}

/** Days in a row on which something was learned: up to `today`, and the longest ever. Days may come in any order. */
export function countStreak(days: readonly ActivityDay[], today: string): Streak {
  const learned = new Set(days.filter(isLearningDay).map(({ day }) => day));
  const runFrom = (day: string) => {
    let length = 0;
    for (let at = day; learned.has(at); at = addDays(at, -1)) length += 1;
    return length;
  };
  const ends = [...learned].filter((day) => !learned.has(addDays(day, 1)));
  return {
    current: runFrom(learned.has(today) ? today : addDays(today, -1)),
    longest: Math.max(0, ...ends.map(runFrom)),
  };
}

/** The day so many days later; `days` may be negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Every day from `from` to `to`, those without anything too. */
export function fillDays(days: readonly ActivityDay[], from: string, to: string): ActivityDay[] {
  const known = new Map(days.map((day) => [day.day, day]));
  const all: ActivityDay[] = [];
  for (let day = from; day <= to; day = addDays(day, 1))
    all.push(known.get(day) ?? { day, seconds: 0, lessons: 0, exercises: 0 });
  return all;
}

export type ActivityWeek = Omit<ActivityDay, "day"> & {
  /** Its Monday. */
  readonly monday: string;
};

/** Sums by calendar week, in order; `days` must be complete and in order. */
export function sumWeeks(days: readonly ActivityDay[]): ActivityWeek[] {
  const weeks: ActivityWeek[] = [];
  for (const { day, seconds, lessons, exercises } of days) {
    const monday = addDays(day, -weekdayOf(day));
    const week = weeks.at(-1);
    if (week?.monday === monday)
      weeks[weeks.length - 1] = {
        monday,
        seconds: week.seconds + seconds,
        lessons: week.lessons + lessons,
        exercises: week.exercises + exercises,
      };
    else weeks.push({ monday, seconds, lessons, exercises });
  }
  return weeks;
}
