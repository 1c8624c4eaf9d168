import type { Ids } from "../store/ids";

export interface DeliveryFaultOrder {
  /**
   * drop: never sent, and never counted as delivered. duplicate: sent `copies` times at once. delay: sent after
   * `milliseconds`. hold: kept until released. stale: signed `milliseconds` ago. duplicate and stale reach the shop.
   */
  kind: "drop" | "duplicate" | "delay" | "hold" | "stale";
  /** Event types; all when left out. */
  types?: string[];
  /** How many deliveries are hit; without end when left out. */
  times?: number;
  copies?: number;
  milliseconds?: number;
}

export interface DeliveryFault {
  id: string;
  kind: DeliveryFaultOrder["kind"];
  types: string[];
  /** null: without end. */
  times: number | null;
  copies: number;
  milliseconds: number;
  hits: number;
}

/** Faults ordered for webhook deliveries; in memory only, as those for API calls. */
export class DeliveryFaults {
  #faults: DeliveryFault[] = [];

  constructor(private readonly ids: Ids) {}

  order(order: DeliveryFaultOrder): DeliveryFault {
    const fault = {
      id: this.ids.make("fault"),
      kind: order.kind,
      types: order.types ?? [],
      times: order.times ?? null,
      copies: order.copies ?? 2,
      milliseconds: order.milliseconds ?? 1000,
      hits: 0,
    };
    this.#faults.push(fault);
    return fault;
  }

  take(type: string): DeliveryFault | null {
    const fault = this.#faults.find(
      (one) => (one.times === null || one.times > 0) && (one.types.length === 0 || one.types.includes(type)),
    );
    if (fault === undefined) return null;
    if (fault.times !== null) fault.times -= 1;
    fault.hits += 1;
    return fault;
  }

  list(): readonly DeliveryFault[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
  }
}
