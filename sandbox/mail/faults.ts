import { z } from "zod";

/** What the next requests meet, before they are looked at in any other way. */
export const faultSchema = z.object({
  /**
   * `error` answers 500, `rate_limit` 429, `hang` never answers; `accept_then_reset` keeps the mail and then cuts the
   * connection, so that the sender cannot know.
   */
  kind: z.enum(["error", "rate_limit", "hang", "accept_then_reset"]),
  times: z.number().int().min(1).max(10_000).default(1),
});
export type Fault = z.output<typeof faultSchema>;

/** Faults in the order they were asked for. */
export class Faults {
  #queue: Fault[] = [];

  add(fault: Fault): void {
    this.#queue.push(fault);
  }

  clear(): void {
    this.#queue = [];
  }

  list(): readonly Fault[] {
    return this.#queue;
  }

  /** Takes the next one off the queue. */
  next(): Fault["kind"] | null {
    const [first, ...rest] = this.#queue;
    if (!first) return null;
    this.#queue = first.times > 1 ? [{ ...first, times: first.times - 1 }, ...rest] : rest;
    return first.kind;
  }
}
