import { fillPlaceholders, is, type Placeholder, type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsSession } from "drizzle-orm/postgres-js";
import type { Executor } from "./client";

/** A value of a statement, or its place in one that is composed before there are values. */
export type Slot<T> = T | Placeholder;

type Row = Readonly<Record<string, unknown>>;
export type Slots<V> = { readonly [Name in keyof V]: Placeholder };

/** A place for each value, by its name. */
export const slotsOf = <V extends Row>(): Slots<V> =>
  new Proxy({} as Slots<V>, { get: (_, name) => sql.placeholder(String(name)) });

const dialect = new PgDialect({ casing: "snake_case" });

/**
 * A statement that is composed once, at its first use; after that only values travel. For those that every sale runs:
 * composing them anew cost as much as running them (decision 0007). Rows have their columns as the database calls them.
 */
export function statement<V extends Row>(compose: (slots: Slots<V>) => SQL) {
  let composed: ReturnType<PgDialect["sqlToQuery"]> | undefined;
  return async (executor: Executor, values: V): Promise<readonly Row[]> => {
    composed ??= dialect.sqlToQuery(compose(slotsOf()));
    const { session } = executor._;
    // By drizzle's own mark: the bundles of the shop share one pool, each with its own copy of drizzle.
    if (!is(session, PostgresJsSession)) throw new Error("another driver than postgres.js");
    const { sql: text } = composed;
    const parameters = fillPlaceholders(composed.params, values) as never[];
    return session.client.unsafe(text, parameters, { prepare: true });
  };
}

/** An array of ids as one value of a statement, to be cast to `uuid[]`. */
export const idArray = (ids: readonly string[]): string => `{${ids.join(",")}}`;
