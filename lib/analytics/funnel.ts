/** How many of each step; courses, not people. */
export type Funnel = {
  readonly viewed: number;
  readonly carted: number;
  /** In orders that were placed, paid or not. */
  readonly placed: number;
  /** Of those placed, paid since. */
  readonly paid: number;
};

export type CourseFunnel = Funnel & { readonly title: string };

export const FUNNEL_STEPS = [
  "viewed",
  "carted",
  "placed",
  "paid",
] as const satisfies readonly (keyof Funnel)[];
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

export const FUNNEL_NAMES: Readonly<Record<FunnelStep, string>> = {
  viewed: "Viewed",
  carted: "Put into a cart",
  placed: "Went to pay",
  paid: "Paid",
};

/** A part of a whole in percent, with one decimal; null of nothing. May be above 100: a saved cart is paid weeks later. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;

export function addFunnels(all: readonly Funnel[]): Funnel {
  const sum = (step: FunnelStep) => all.reduce((total, one) => total + one[step], 0);
  return { viewed: sum("viewed"), carted: sum("carted"), placed: sum("placed"), paid: sum("paid") };
}

/** How far the learners of a period came in one course. */
export type LessonStep = {
  readonly title: string;
  /** Ticked by. */
  readonly completed: number;
  /** The last one that they ticked, so far. */
  readonly stopped: number;
};

export type DropOff = {
  readonly seats: number;
  /** Ticked nothing yet. */
  readonly notBegun: number;
  readonly lessons: readonly LessonStep[];
};

/** Those who began a course in one month, and by when they had completed it. */
export type Cohort = {
  /** `2026-11` */
  readonly month: string;
  readonly seats: number;
  readonly within7: number;
  readonly within30: number;
  readonly within90: number;
  readonly ever: number;
  /** Days since the last of them began: a share within more days is not final yet. */
  readonly age: number;
};
