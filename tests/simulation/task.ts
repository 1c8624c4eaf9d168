import type { World } from "./world";

/** What one actor does; drawn first, run later, perhaps beside others. */
export type Task = {
  readonly name: string;
  /** Bound to a process of the shop; `outside` for the buyer's browser and Stripe's Dashboard. */
  readonly place: "shop" | "outside";
  /** On the same process as others of its round that say so. */
  readonly beside?: true;
  readonly run: () => Promise<void>;
};

export type Operation = {
  readonly name: string;
  readonly weight: number;
  /** Tasks that begin at once; none when there is nothing to do it with. */
  readonly plan: (world: World) => readonly Task[];
};

export function shop(name: string, run: () => Promise<unknown>): Task {
  return { name, place: "shop", run: async () => void (await run()) };
}

export function outside(name: string, run: () => void): Task {
  return { name, place: "outside", run: async () => run() };
}
