import type { Core } from "../core";
import type { Deliverer } from "../webhooks/deliverer";

export interface ClockOrder {
  advance_ms?: number;
  /** An ISO instant. */
  set?: string;
  /** true stops the clock, false lets it run on from where it stands. */
  freeze?: boolean;
  /** Back to the real time; applied before the others. */
  reset?: boolean;
}

/** Moves the sandbox's clock; what falls due by it happens. */
export function moveClock(parts: { core: Core; deliverer: Deliverer }, order: ClockOrder): void {
  const { clock, store, jobs } = parts.core;
  if (order.reset) clock.reset();
  if (order.freeze === true) clock.freeze();
  if (order.freeze === false) clock.resume();
  if (order.set !== undefined) clock.set(new Date(order.set));
  if (order.advance_ms !== undefined) clock.advance(order.advance_ms);
  store.transaction(() => store.settings.put({ id: "clock_offset", value: clock.offset }));
  jobs.reschedule();
  jobs.runDue();
  parts.deliverer.kick();
}
