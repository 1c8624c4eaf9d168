import { AsyncLocalStorage } from "node:async_hooks";
import { type Sharing, sharing } from "@/db/commit-together";
import type { FaultOrder } from "../../sandbox/stripe/client";

/** Where an actor may be stopped: before a statement, a commit or a call, or right after one. */
export type Point = {
  readonly kind: "request" | "statement" | "commit" | "committed" | "stripe";
  /** The statement, those of the whole transaction, or `POST /v1/refunds`. */
  readonly text: string;
  /** The statement is part of a transaction. */
  readonly inTransaction?: boolean;
};

export type Verdict =
  | { readonly kind: "go" }
  /** `after`: it takes effect, and the answer is lost. */
  | {
      readonly kind: "fail";
      readonly when: "before" | "after";
      readonly error: () => Error;
      /** Nobody may notice: the shop has to try again by itself. */
      readonly hidden?: boolean;
    }
  /** Stripe fails, before or after the call took effect. */
  | { readonly kind: "stripe"; readonly order: FaultOrder }
  | { readonly kind: "kill"; readonly when: "before" | "after" };

/** One process of the shop: all that runs on it dies with it. */
export type Instance = { readonly name: string };

/** One request or job under way on an instance. */
export class Actor {
  /** It met a fault, so its own error is no surprise. */
  faulted = false;
  /** Faults that the shop has to hide by trying again. */
  hiddenFaults = 0;
  dead = false;
  finished = false;
  /** Another actor does its work together with their own, in one transaction. */
  waits = false;
  /** It does the work of so many, in one transaction. */
  leads = 1;
  /** Statements and calls that were let go and have not come back. */
  inFlight = 0;
  readonly parked: { readonly point: Point; readonly go: (verdict: Verdict) => void }[] = [];
  /** Called when the process dies: ends the open transactions, as the server does for a lost connection. */
  readonly endings = new Set<() => void>();
  readonly rollbacks = new Set<Promise<unknown>>();

  /** Nothing of it runs on: neither itself nor what it began beside and did not wait for. */
  get isOver(): boolean {
    if (this.dead) return true;
    return this.finished && this.parked.length === 0 && this.inFlight === 0 && this.rollbacks.size === 0;
  }

  constructor(
    readonly id: number,
    readonly name: string,
    readonly instance: Instance,
  ) {}
}

const storage = new AsyncLocalStorage<Actor>();

export function currentActor(): Actor | undefined {
  return storage.getStore();
}

export function runAs<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
  return storage.run(actor, work);
}

/** Lets every actor know what of its work is done together with others'. */
export function watchSharing(): void {
  sharing.subscribe((told) => {
    const actor = currentActor();
    const { step, ...more } = told as Sharing;
    if (!actor) return;
    actor.waits = step === "waits";
    if ("size" in more) actor.leads = more.size;
  });
}

/** What code after a kill waits for: it never runs. */
export function never(): Promise<never> {
  return new Promise(() => {});
}
