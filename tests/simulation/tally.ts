import type { Told } from "./history";

/** What all histories came to. */
export class Tally {
  histories = 0;
  operations = 0;
  violations = 0;
  readonly failing: number[] = [];
  readonly #faults = new Map<string, number>();
  #fewest = Number.POSITIVE_INFINITY;

  add(told: Told): void {
    this.histories += 1;
    this.operations += told.operations;
    this.violations += told.violations.length;
    if (told.violations.length > 0) this.failing.push(told.seed);
    this.#fewest = Math.min(this.#fewest, told.faults.length);
    for (const fault of told.faults) this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
  }

  get faults(): number {
    return [...this.#faults.values()].reduce((sum, count) => sum + count, 0);
  }

  describe(): string {
    const kinds = [...this.#faults].toSorted(([a], [b]) => a.localeCompare(b));
    return [
      ...kinds.map(([name, count]) => `  ${name.padEnd(26)} ${count}`),
      `  fewest in one history      ${this.#fewest}`,
      `failing seeds: ${this.failing.join(", ") || "none"}`,
    ].join("\n");
  }
}
