import { getTableColumns, type InferSelectModel } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

type Reader = { readonly key: string; readonly name: string; readonly column: PgColumn };

const readersOf = new WeakMap<PgTable, readonly Reader[]>();

/**
 * A whole row of `table` that a hand-written statement gave (`select t.*`, or as JSON), in the shape of drizzle's own
 * select. Hot paths write theirs by hand: naming fifty columns anew for each call costs more than reading them.
 */
export function readRow<T extends PgTable>(
  table: T,
  row: Readonly<Record<string, unknown>>,
): InferSelectModel<T> {
  let readers = readersOf.get(table);
  if (!readers) {
    readers = Object.entries<PgColumn>(getTableColumns(table)).map(([key, column]) => ({
      key,
      name: toSnakeCase(column.name),
      column,
    }));
    readersOf.set(table, readers);
  }
  const read: Record<string, unknown> = {};
  for (const { key, name, column } of readers) {
    const value = row[name];
    read[key] = value === null || value === undefined ? null : column.mapFromDriverValue(value);
  }
  return read as InferSelectModel<T>;
}
