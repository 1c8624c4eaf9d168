import { TRANSACTION_ATTEMPTS } from "@/db/client";
import { type Actor, type Instance, never, type Point, type Verdict } from "./actor";
import type { Random } from "./random";

const PATIENCE_MS = 2;

export type Gate = {
  /** What happens to an actor at a point, decided in the order in which the scheduler lets them go. */
  judge(actor: Actor, point: Point): Verdict;
  /** How many sessions of the database wait for a lock. */
  countLockWaits(): Promise<number>;
};

/**
 * Lets requests that run at once take their steps one at a time, in an order drawn from the seed. A step is a statement, a
 * commit, or a call to Stripe. Before the next is let go every actor has come to rest: at its next step, at its end, or
 * behind a lock that another holds. So a race is found by its seed and happens again.
 */
export class Scheduler {
  readonly #live = new Set<Actor>();
  readonly trace: string[] = [];
  #changes = 0;
  /** Found waiting for a lock when the last step was over. */
  #behindLocks: ReadonlySet<Actor> = new Set();
  #wake: (() => void) | null = null;

  constructor(
    private readonly random: Random,
    private readonly gate: Gate,
  ) {}

  /** Waits for its turn. Never comes back to a process that was killed. */
  async pass(actor: Actor, point: Point): Promise<Verdict> {
    if (actor.dead) return never();
    const verdict = await new Promise<Verdict>((go) => {
      actor.parked.push({ point, go });
      this.changed();
    });
    // A call that was sent cannot be taken back: whoever serves it ends the process.
    if (verdict.kind === "kill" && verdict.when === "before" && point.kind !== "stripe") {
      this.kill(actor.instance);
      return never();
    }
    return verdict;
  }

  /** Counts what was let go until it comes back. */
  async flying<T>(actor: Actor, work: () => PromiseLike<T>): Promise<T> {
    actor.inFlight += 1;
    try {
      return await work();
    } finally {
      actor.inFlight -= 1;
      this.changed();
    }
  }

  changed(): void {
    this.#changes += 1;
    this.#wake?.();
  }

  /** kill -9: nothing of it runs on, and the database ends what it had open. */
  kill(instance: Instance): void {
    for (const actor of this.#live) {
      if (actor.instance !== instance || actor.isOver) continue;
      actor.dead = true;
      actor.faulted = true;
      actor.finished = true;
      actor.parked.length = 0;
      for (const end of actor.endings) end();
    }
    this.changed();
  }

  /** Runs the actors side by side until each has ended or died. */
  async run(
    actors: readonly { readonly actor: Actor; readonly start: () => Promise<void> }[],
  ): Promise<void> {
    for (const { actor } of actors) this.#live.add(actor);
    for (const { actor, start } of actors) {
      void start().finally(() => {
        actor.finished = true;
        this.changed();
      });
    }
    while (await this.#step());
    await Promise.all([...this.#live].flatMap((actor) => [...actor.rollbacks]));
    this.#live.clear();
  }

  async #step(): Promise<boolean> {
    await this.#settle();
    const running = [...this.#live].filter((actor) => !actor.isOver);
    if (running.length === 0) return false;
    // Statements of one actor follow each other on its connection.
    const ready = running.filter((actor) => actor.parked.length > 0 && actor.inFlight === 0);
    if (ready.length === 0) {
      await this.#change(50);
      return true;
    }
    const actor = this.random.pick(ready);
    const step = actor.parked.shift();
    if (step) {
      const verdict = this.gate.judge(actor, step.point);
      this.trace.push(`${actor.id} ${actor.name}: ${describe(step.point)} ${verdict.kind}`);
      if ("hidden" in verdict && verdict.hidden) actor.hiddenFaults += 1;
      else if (verdict.kind !== "go") actor.faulted = true;
      // The shop tries a transaction so often and no more: then its own error is no surprise.
      if (actor.hiddenFaults >= TRANSACTION_ATTEMPTS) actor.faulted = true;
      step.go(verdict);
    }
    return true;
  }

  async #settle(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const restless = [...this.#live].filter(
        (actor) => !actor.isOver && (actor.inFlight > 0 || (actor.parked.length === 0 && !actor.waits)),
      );
      if (restless.length === 0) return;
      if (!restless.every((actor) => actor.inFlight > 0)) {
        await this.#change(50);
        continue;
      }
      // Those who waited behind a lock before most likely still do: they are asked about at once.
      const known = restless.every((actor) => this.#behindLocks.has(actor));
      if (!known && (await this.#change(PATIENCE_MS))) continue;
      const flying = restless.reduce((sum, actor) => sum + actor.inFlight, 0);
      const seen = this.#changes;
      const waits = await this.gate.countLockWaits();
      if (waits >= flying && this.#stillFlying(restless)) {
        this.#behindLocks = new Set(restless);
        return;
      }
      if (this.#changes === seen) await this.#change(PATIENCE_MS);
      this.#behindLocks = new Set();
    }
  }

  #stillFlying(actors: readonly Actor[]): boolean {
    return actors.every((actor) => actor.inFlight > 0 && !actor.isOver);
  }

  /** True when something changed before the time was over. */
  async #change(withinMs: number): Promise<boolean> {
    const seen = this.#changes;
    await new Promise<void>((resolve) => {
      const timer = realSetTimeout(resolve, withinMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
    return this.#changes !== seen;
  }
}

/** The same in every run: ids are not. */
function describe({ kind, text }: Point): string {
  return `${kind} ${text.replace(/\b(cs_test|pi|ch|py|re|cus|du)_\w+/g, "$1").slice(0, 70)}`;
}

/** Before the simulation shortens it for the shop's own waits. */
const realSetTimeout = globalThis.setTimeout;
