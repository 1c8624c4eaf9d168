import DataLoader from "dataloader";
import { fillPlaceholders, is, type Placeholder, type SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import { PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsSession } from "drizzle-orm/postgres-js";
import type { Transaction } from "./client";

type Row = Readonly<Record<string, unknown>>;

/** A value of a query, or its place in one that is composed before there are values. */
export type Slot<T> = T | Placeholder;

/** The place of each value in a statement that is composed before there are values. */
export type Slots<V> = { readonly [Name in keyof V]: Placeholder };

/** A place for each value, by its name. */
export const slotsOf = <V extends Row>(): Slots<V> =>
  new Proxy({} as Slots<V>, { get: (_, name) => sql.placeholder(String(name)) });

const TYPES = {
  bigint: sql`bigint`,
  boolean: sql`boolean`,
  integer: sql`integer`,
  jsonb: sql`jsonb`,
  text: sql`text`,
  uuid: sql`uuid`,
  "uuid[]": sql`uuid[]`,
};
type ColumnType = keyof typeof TYPES;

/** What Postgres takes each value of a row for. A `uuid[]` is an array of ids. */
export type Columns<V> = { readonly [Name in keyof V]: ColumnType };

/** The values of a row, as columns of `given`. */
export type Given<V> = { readonly [Name in keyof V]: SQL };

/** Statements that do not need each other's rows, by name, and the one that answers. */
export type Parts = { readonly first: Readonly<Record<string, SQL>>; readonly last: SQL };

type Compose<V> = (given: Given<V>) => SQL | Parts;

/**
 * A statement over the rows of `given`, for one row that is here: what a statement that is composed anew shares with those
 * that every sale runs.
 */
export function over<V extends Row>(columns: Columns<V>, values: V, compose: Compose<V>): SQL {
  const fields = fieldsOf(columns);
  return composeOver(fields, sql`${toJson(fields, [values])}`, compose);
}

/**
 * A statement over the rows of `given` that is composed once, at its first use; after that only values travel. For those
 * that every sale runs: composing them anew cost as much as running them (decision 0007). What is asked of one transaction
 * in the same turn travels as one statement (decision 0078). Each caller gets the rows whose `key` is theirs; columns as the
 * database calls them.
 */
export function statement<V extends Row>(
  key: keyof V & string,
  columns: Columns<V>,
  compose: Compose<V>,
): (tx: Transaction, values: V) => Promise<readonly Row[]> {
  let composed: ReturnType<PgDialect["sqlToQuery"]> | undefined;
  const fields = fieldsOf(columns);
  const keyColumn = toSnakeCase(key);
  const run = async (tx: Transaction, all: readonly V[]) => {
    composed ??= dialect.sqlToQuery(composeOver(fields, sql`${sql.placeholder("rows")}`, compose));
    const { session } = tx._;
    // By drizzle's own mark: the bundles of the shop share one pool, each with its own copy of drizzle.
    if (!is(session, PostgresJsSession)) throw new Error("another driver than postgres.js");
    const { sql: text } = composed;
    const parameters = fillPlaceholders(composed.params, { rows: toJson(fields, all) }) as never[];
    const answer: readonly Row[] = await session.client.unsafe(text, parameters, { prepare: true });
    return all.map((values) => answer.filter((row) => row[keyColumn] === values[key]));
  };
  const loaders = new WeakMap<Transaction, DataLoader<V, readonly Row[]>>();
  return (tx, values) => {
    let loader = loaders.get(tx);
    if (!loader) {
      loader = new DataLoader((all: readonly V[]) => run(tx, all), { cache: false });
      loaders.set(tx, loader);
    }
    return loader.load(values);
  };
}

const dialect = new PgDialect({ casing: "snake_case" });

type Field<V> = { readonly name: keyof V & string; readonly column: string; readonly type: ColumnType };

const fieldsOf = <V extends Row>(columns: Columns<V>): readonly Field<V>[] =>
  Object.entries<ColumnType>(columns).map(([name, type]) => ({ name, column: toSnakeCase(name), type }));

function composeOver<V extends Row>(fields: readonly Field<V>[], rows: SQL, compose: Compose<V>): SQL {
  const columns = fields.map(({ column, type }) => sql`${sql.identifier(column)} ${TYPES[type]}`);
  const given = Object.fromEntries(
    fields.map(({ name, column }) => [name, sql`given.${sql.identifier(column)}`]),
  );
  const parts = compose(given as Given<V>);
  const { first, last } = "first" in parts ? parts : { first: {}, last: parts };
  const before = Object.entries(first).map(([name, part]) => sql`, ${sql.identifier(name)} as (${part})`);
  // By `unnest`, of which the planner expects ten rows: of a function that returns rows it expects a hundred.
  return sql`
    with given as (
      select given.*
      from unnest(array(select jsonb_array_elements(${rows}::jsonb))) as one,
        jsonb_to_record(one) as given (${sql.join(columns, sql`, `)})
    )${sql.join(before)} ${last}`;
}

const toJson = <V extends Row>(fields: readonly Field<V>[], all: readonly V[]): string =>
  JSON.stringify(
    all.map((values) => Object.fromEntries(fields.map(({ name, column }) => [column, values[name]]))),
  );

/** An array of ids as one value of a statement, to be cast to `uuid[]`. */
export const idArray = (ids: readonly string[]): string => `{${ids.join(",")}}`;
