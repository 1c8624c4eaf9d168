import { type AnyColumn, asc, desc, type SQL, sql } from "drizzle-orm";
import type { Cursor } from "../lib/keyset";

/** How the list is read from its top on. */
export type ListOrder = "asc" | "desc";
/** What rows are ordered by; the last one tells any two rows apart. An index on the two serves both ways. */
export type KeysetKeys = readonly [AnyColumn | SQL, AnyColumn | SQL];

/** Whether the rows of this page come in ascending order: `after` goes up the list, everything else down. */
const isAscending = (cursor: Cursor, order: ListOrder) => (order === "asc") === (cursor.after === undefined);

/** The ORDER BY of a page, nearest to the cursor first; `cutRows` puts it into the list's order. */
export function inDirection(
  cursor: Cursor,
  [first, second]: KeysetKeys,
  order: ListOrder = "desc",
): [SQL, SQL] {
  const direction = isAscending(cursor, order) ? asc : desc;
  return [direction(first), direction(second)];
}

/**
 * The rows on the far side of the cursor's row, whose keys `placeOf` reads: compared in the database, so exact to the
 * microsecond. Undefined at the top of the list; nothing when the cursor's row is not there any more.
 */
export function beyondRow(
  cursor: Cursor,
  [first, second]: KeysetKeys,
  order: ListOrder,
  placeOf: (name: string) => SQL,
): SQL | undefined {
  const name = cursor.after ?? cursor.before;
  if (name === undefined) return undefined;
  const sign = isAscending(cursor, order) ? sql`>` : sql`<`;
  return sql`(${first}, ${second}) ${sign} (${placeOf(name)})`;
}
