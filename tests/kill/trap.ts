import type { Point } from "../simulation/actor";
import { KILL_POINTS } from "../simulation/faults";

type Where = (typeof KILL_POINTS)[number];
type When = Where["when"];

/** Waits at a point of the kill matrix, in what a process says to Postgres and to Stripe, and kills it there once. */
export function makeTrap(kill: () => void) {
  let armed: { point: Where; struck: () => void } | null = null;
  const strike = (seen: Point, when: When): boolean => {
    if (!armed || armed.point.when !== when || !armed.point.strikes(seen)) return false;
    const { struck, point } = armed;
    armed = null;
    const die = () => {
      kill();
      struck();
    };
    if (point.laterMs !== undefined) {
      setTimeout(die, point.laterMs);
      return false;
    }
    die();
    return true;
  };
  return {
    /** For the proxy before Postgres: nothing is read while nobody waits. */
    strike: () => (armed ? strike : null),
    /** For the Stripe sandbox. */
    intercept: async ({ method, path }: { readonly method: string; readonly path: string }) => {
      const seen: Point = { kind: "stripe", text: `${method} ${path}` };
      for (const when of ["before", "after"] as const)
        if (strike(seen, when)) return { kind: "reset", when } as const;
      return null;
    },
    /** Resolves once the process was killed there. */
    killAt: (name: string): Promise<void> => {
      const point = KILL_POINTS.find((one) => one.name === name);
      if (!point) throw new Error(`there is no point ${name}`);
      return new Promise((struck) => {
        armed = { point, struck };
      });
    },
  };
}
