import { AsyncLocalStorage } from "node:async_hooks";
import { channel } from "node:diagnostics_channel";
import { env } from "../lib/env";
import { type Database, db, type Transaction, withTransaction } from "./client";

/** Groups of one process that are under way at once, as a part of its connections: while one waits, another is put together. */
const PART_OF_POOL = 2 / 5;
/** What one group takes at most, so that the first of it does not wait long for the last. */
const GROUP_SIZE = 16;

type Waiting = {
  readonly key: string;
  readonly work: (tx: Transaction) => Promise<unknown>;
  readonly settle: (outcome: Promise<unknown>) => void;
  /** Runs something as if the waiting caller did. */
  readonly asCaller: <R>(run: () => R) => R;
};
type Queue = { running: number; readonly waiting: Waiting[] };

const queues = new WeakMap<Database, Queue>();

/** Told as a caller begins to wait for others, leads a group of so many, or goes on. */
export const sharing = channel("lectern:commit-together");
export type Sharing =
  | { readonly step: "waits" | "goes_on" }
  | { readonly step: "leads"; readonly size: number };
const tell = (step: Sharing) => sharing.publish(step);

/**
 * Runs `work` in a transaction, which it may share with others that came in the same turn, or while earlier ones were under
 * way: they run side by side, their statements travel together (`statement`), and one commit is for all (decision 0078).
 * Never with another of the same `key`. When a group fails, each of it is run again by itself: nobody fails for another.
 */
export function commitTogether<T>(key: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const database = db();
  const queue = queues.get(database) ?? { running: 0, waiting: [] };
  queues.set(database, queue);
  const asCaller = AsyncLocalStorage.snapshot();
  return new Promise<T>((resolve) => {
    tell({ step: "waits" });
    const settle = (outcome: Promise<unknown>) => {
      asCaller(() => tell({ step: "goes_on" }));
      resolve(outcome as Promise<T>);
    };
    queue.waiting.push({ key, work, settle, asCaller });
    // After this turn, so that who comes in it comes along.
    setImmediate(() => startGroups(queue));
  });
}

function startGroups(queue: Queue): void {
  const mostAtOnce = Math.max(1, env().DATABASE_POOL * PART_OF_POOL);
  while (queue.running < mostAtOnce) {
    const group = takeGroup(queue.waiting);
    const [leader] = group;
    if (!leader) return;
    queue.running += 1;
    const isOver = leader.asCaller(() => runGroup(group));
    void isOver.finally(() => {
      queue.running -= 1;
      startGroups(queue);
    });
  }
}

/** The longest waiting, one of each key. */
function takeGroup(waiting: Waiting[]): readonly Waiting[] {
  const group = new Map<string, Waiting>();
  for (const one of waiting) if (group.size < GROUP_SIZE && !group.has(one.key)) group.set(one.key, one);
  const left = waiting.filter((one) => group.get(one.key) !== one);
  waiting.splice(0, waiting.length, ...left);
  return [...group.values()];
}

async function runGroup(group: readonly Waiting[]): Promise<void> {
  tell({ step: "leads", size: group.length });
  const outcome = withTransaction((tx) => allOf(group.map(({ work }) => work(tx))));
  try {
    await outcome;
  } catch {
    if (group.length > 1) {
      await Promise.all(group.map((one) => one.asCaller(() => runGroup([one]))));
      return;
    }
  }
  for (const [index, { settle }] of group.entries()) settle(outcome.then((answers) => answers[index]));
}

/** Waits for all before it fails for one: nothing may still be on its way to a transaction that is over. */
async function allOf(works: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
