/** Adapter: counts in the memory of this process, shared by the server and by what Next bundled; written by `keepStepCounts`. */
import "server-only";

export type Step = "viewed" | "carted";
export type StepCount = { readonly step: Step; readonly slug: string; readonly times: number };

const QUARTER_MS = 15 * 60 * 1000;
/** Within it the same browser looks at a course once. */
const LOOK_MS = 30 * 60 * 1000;
/** Looks remembered at most: forgotten all at once, which counts a few twice. */
const MOST_LOOKS = 50_000;

type Counts = {
  /** By the beginning of their quarter of an hour. */
  readonly times: Map<string, number>;
  readonly looks: Map<string, number>;
};

const shared = globalThis as { __lecternSteps?: Counts };

function counts(): Counts {
  shared.__lecternSteps ??= { times: new Map(), looks: new Map() };
  return shared.__lecternSteps;
}

/** Counts one; costs no more than a look into a map. */
export function countStep(step: Step, slug: string, now: number): void {
  const key = `${now - (now % QUARTER_MS)} ${step} ${slug}`;
  const { times } = counts();
  times.set(key, (times.get(key) ?? 0) + 1);
}

/** Counts a look at a course. `browser` tells two browsers apart, is kept in memory only, and only until it is forgotten. */
export function countLook(slug: string, browser: string, now: number): void {
  const { looks } = counts();
  const key = `${slug} ${browser}`;
  const last = looks.get(key);
  if (last !== undefined && now - last < LOOK_MS) return;
  if (looks.size >= MOST_LOOKS) looks.clear();
  looks.set(key, now);
  countStep("viewed", slug, now);
}

/** Hands out what was counted since the last time, and begins anew. */
export function takeStepCounts(): (StepCount & { readonly startsAt: Date })[] {
  const { times } = counts();
  const taken = [...times].map(([key, count]) => {
    const [at = "0", step = "viewed", slug = ""] = key.split(" ");
    return { startsAt: new Date(Number(at)), step: step as Step, slug, times: count };
  });
  times.clear();
  return taken;
}
