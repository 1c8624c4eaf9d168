export type Figure = {
  /** Without spaces. */
  readonly name: string;
  readonly ours: number;
  /** The most that can be had here, or a bound. */
  readonly ceiling: number;
  readonly unit: "/s" | "kB" | "ms" | "files";
  /** What `ours / ceiling` is held against. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number };
  /** Instead of `ours / ceiling`: the median of the ratios of single rounds, which noise disturbs less. */
  readonly ratio?: number;
};

/** `page:/courses ours=1390/s ceiling=1480/s ratio=0.94 goal=0.9 ok` */
export function describeFigure(figure: Figure): string {
  const { name, ours, ceiling, unit, goal, ratio = ours / ceiling } = figure;
  const met = "atLeast" in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
  const limit = "atLeast" in goal ? goal.atLeast : goal.atMost;
  const show = (value: number) => `${unit === "kB" ? value.toFixed(1) : Math.round(value)}${unit}`;
  const held = Number(limit.toFixed(3));
  return `${name} ours=${show(ours)} ceiling=${show(ceiling)} ratio=${ratio.toFixed(2)} goal=${held} ${met ? "ok" : "short"}`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error("There is no median of nothing.");
  return (low + high) / 2;
}

/**
 * Measures two things in turn, `rounds` times, each going first every other time. What disturbs the machine for longer
 * than a round disturbs both, so the ratio of a round is steadier than either figure.
 */
export async function compare(
  rounds: number,
  ours: () => Promise<number>,
  ceiling: () => Promise<number>,
): Promise<{ ours: number; ceiling: number; ratio: number }> {
  const measured: { ours: number; ceiling: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const first = await ceiling();
      measured.push({ ceiling: first, ours: await ours() });
    } else {
      const first = await ours();
      measured.push({ ours: first, ceiling: await ceiling() });
    }
  }
  return {
    ours: median(measured.map((round) => round.ours)),
    ceiling: median(measured.map((round) => round.ceiling)),
    ratio: median(measured.map((round) => round.ours / round.ceiling)),
  };
}
