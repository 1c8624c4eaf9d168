/** Adapter: what an invariant is, and the words that they share. */
import "server-only";
import { type SQL, sql } from "drizzle-orm";

export type Invariant = {
  readonly name: string;
  /** What must always be true. */
  readonly holds: string;
  /** Answers a row `(id, detail)` for each breach. */
  readonly breaches: SQL;
};

/** The states of an order that was paid, whatever was given back since. */
export const PAID = sql`('completed', 'partially_refunded', 'refunded')`;
