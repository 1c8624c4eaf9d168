import { createHash } from "node:crypto";
import { findLedgerDifferences, findViolations } from "@/lib/audit/queries";
import { Actor, runAs } from "./actor";
import { drain, listForged } from "./drain";
import { FaultPlan, focused } from "./faults";
import { OPERATIONS } from "./operations";
import { Random } from "./random";
import { Scheduler } from "./scheduler";
import type { Surroundings } from "./surroundings";
import type { Task } from "./task";
import { TURNS_OF_TIME } from "./turns-of-time";
import { makeWorld, type World } from "./world";

export type Told = {
  readonly seed: number;
  readonly operations: number;
  /** The names of the faults that struck. */
  readonly faults: readonly string[];
  readonly violations: readonly string[];
  /** Of everything that happened, in order: the same seed gives the same. */
  readonly fingerprint: string;
  readonly trace: readonly string[];
};

const OUTSIDE = { name: "outside" };
const FEWEST_FAULTS = 3;
const MOST_OPERATIONS = 60;

/** Lives one history from its seed: operations under faults, then a time without faults, then the audit. */
export async function liveHistory(seed: number, surroundings: Surroundings): Promise<Told> {
  await surroundings.renew();
  const random = new Random(seed);
  const violations: string[] = [];
  const complain = (complaint: string) => {
    if (!violations.includes(complaint)) violations.push(complaint);
  };
  const faults = new FaultPlan(new Random(random.between(0, 2 ** 31)), random.between(FEWEST_FAULTS, 12));
  const { countLockWaits } = surroundings.database();
  const scheduler = new Scheduler(new Random(random.between(0, 2 ** 31)), {
    judge: (actor, point) => faults.judge(actor, point),
    countLockWaits,
  });
  const stage = new Players(scheduler, complain);
  surroundings.enter({
    scheduler,
    findActor: (id) => stage.find(id),
    onStray: (text) => complain(`a statement may outlive its transaction: ${text}`),
  });
  surroundings.setTax(random.chance(0.25) ? "stripe" : "none");
  const world = await makeWorld(random, faults, surroundings, complain);

  const least = random.between(20, 45);
  let operations = 0;
  while (operations < least || (faults.hits.length < FEWEST_FAULTS && operations < MOST_OPERATIONS)) {
    faults.eager = operations > least - 8 && faults.hits.length < FEWEST_FAULTS;
    await random.weighed(focused(TURNS_OF_TIME)).run(world);
    const width = random.chance(0.55) ? 1 : random.between(2, 4);
    const planned = Array.from({ length: width }, () => random.weighed(focused(OPERATIONS)).plan(world));
    operations += width;
    await stage.play(world, planned.flat());
  }
  faults.end();
  await surroundings.mail.heal();
  await drain(world);
  for (const { invariant, id, detail } of await findViolations()) complain(`${invariant}: ${id} ${detail}`);
  for (const { invariant, id, detail } of await findLedgerDifferences(0))
    complain(`${invariant}: ${id} ${detail}`);
  const forged = await listForged(world);
  const told = violations.filter((violation) => !forged.some((id) => violation.includes(id)));
  const fingerprint = createHash("sha256").update(scheduler.trace.join("\n")).digest("hex").slice(0, 16);
  return { seed, operations, faults: faults.hits, violations: told, fingerprint, trace: scheduler.trace };
}

/** Gives each task an actor on some process of the shop and lets a round of them play together. */
class Players {
  readonly #actors = new Map<number, Actor>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly complain: World["complain"],
  ) {}

  find(id: number): Actor | undefined {
    return this.#actors.get(id);
  }

  async play(world: World, tasks: readonly Task[]): Promise<void> {
    if (tasks.length === 0) return;
    const shared = world.random.pick(world.instances);
    const round = tasks.map((task) => {
      // A process that was killed has been started again: what it kept is in the database.
      const own = task.beside ? shared : world.random.pick(world.instances);
      const instance = task.place === "outside" ? OUTSIDE : own;
      const actor = new Actor(this.#actors.size + 1, task.name, instance);
      this.#actors.set(actor.id, actor);
      return { actor, start: () => runAs(actor, () => this.#perform(actor, task)) };
    });
    await this.scheduler.run(round);
    for (const { actor } of round) if (actor.dead) world.surroundings.database().restart(actor.instance);
  }

  async #perform(actor: Actor, task: Task): Promise<void> {
    try {
      await this.scheduler.pass(actor, {
        kind: "request",
        text: task.name.startsWith("deliver ") ? "webhook" : task.name,
      });
      await task.run();
    } catch (error) {
      if (!actor.faulted) this.complain(`${task.name} failed by itself: ${describe(error)}`);
    } finally {
      if (!actor.dead) this.scheduler.trace.push(`${actor.id} ends`);
    }
  }
}

function describe(error: unknown): string {
  const told: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause)
    told.push(`${one.name}: ${one.message.split("\n")[0]}`);
  return told.join(" ← ") || String(error);
}
