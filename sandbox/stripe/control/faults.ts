/** Faults that tests and people order for API calls. In memory only: a restart is a healthy sandbox. */
import type { Ids } from "../store/ids";

export type FaultKind = "error_500" | "error_429" | "reset" | "hang" | "truncated" | "slow";

export interface FaultOrder {
  kind: FaultKind;
  /** Before: the call has no effect. After: it takes effect, and the answer is lost or wrong. */
  when?: "before" | "after";
  /** Any method when left out. */
  method?: "GET" | "POST" | "DELETE";
  /** "/v1/refunds", "/v1/checkout/sessions/*" (one part) or "/v1/**" (any rest). Any path when left out. */
  path?: string;
  /** How many matching calls are hit. 1 when left out. */
  times?: number;
  /** Matching calls let through first. */
  skip?: number;
  /** For hang and slow. A hang ends with a closed connection. */
  milliseconds?: number;
  /**
   * Whether a 500 is kept under the idempotency key and answered again to retries. Stripe does so once the
   * call began to run, which is the default for "after"; before that nothing is kept.
   */
  stored?: boolean;
}

export interface Fault extends Required<Omit<FaultOrder, "method" | "path">> {
  id: string;
  method: string | null;
  path: string | null;
  hits: number;
}

const DEFAULT_MILLISECONDS: Record<FaultKind, number> = {
  error_429: 0,
  error_500: 0,
  hang: 60_000,
  reset: 0,
  slow: 1000,
  truncated: 0,
};

export class Faults {
  #faults: Fault[] = [];

  constructor(private readonly ids: Ids) {}

  order(order: FaultOrder): Fault {
    const when = order.when ?? "before";
    const fault = {
      id: this.ids.make("fault"),
      kind: order.kind,
      when,
      method: order.method ?? null,
      path: order.path ?? null,
      times: order.times ?? 1,
      skip: order.skip ?? 0,
      milliseconds: order.milliseconds ?? DEFAULT_MILLISECONDS[order.kind],
      stored: order.stored ?? when === "after",
      hits: 0,
    };
    this.#faults.push(fault);
    return fault;
  }

  /** The fault this call meets, counted as used. */
  take(method: string, path: string): Fault | null {
    const fault = this.#faults.find((one) => one.times > 0 && matches(one, method, path));
    if (fault === undefined) return null;
    if (fault.skip > 0) {
      fault.skip -= 1;
      return null;
    }
    fault.times -= 1;
    fault.hits += 1;
    return fault;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }
}

function matches(fault: Fault, method: string, path: string): boolean {
  return (
    (fault.method === null || fault.method === method) &&
    (fault.path === null || matchesPath(fault.path, path))
  );
}

/** `*` stands for one part, `**` at the end for any rest. */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.at(-1) === "**") {
    return wanted.slice(0, -1).every((part, index) => part === "*" || part === given[index]);
  }
  return (
    wanted.length === given.length && wanted.every((part, index) => part === "*" || part === given[index])
  );
}
