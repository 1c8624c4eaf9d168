import { z } from "zod";

/** Where a page of a list begins: behind a row, or in front of one; at the top without either. */
export type Cursor = { readonly before?: string | undefined; readonly after?: string | undefined };

/** `newer` and `older` name the rows to go on from; null where the list ends. */
export type KeysetPage<Row> = {
  readonly rows: readonly Row[];
  readonly newer: string | null;
  readonly older: string | null;
};

/**
 * Cuts a page out of `limit + 1` rows. Rows in front of a cursor come nearest first, so that the nearest are taken; the page
 * is in the list's order either way. Coming from a cursor means that the list goes on behind it.
 */
export function cutRows<Row>(
  rows: readonly Row[],
  limit: number,
  cursor: Cursor,
  nameOf: (row: Row) => string,
): KeysetPage<Row> {
  const goesOn = rows.length > limit;
  const upwards = cursor.after !== undefined;
  const kept = rows.slice(0, limit);
  const page = upwards ? kept.toReversed() : kept;
  const [first, last] = [page[0], page.at(-1)].map((row) => (row === undefined ? null : nameOf(row)));
  return {
    rows: page,
    newer: upwards ? (goesOn ? (first ?? null) : null) : cursor.before === undefined ? null : (first ?? null),
    older: upwards || goesOn ? (last ?? null) : null,
  };
}

/** The place in a list from a page's query string; what `name` does not take counts as not set, and `after` wins. */
export function readPlace(
  query: Readonly<Record<string, string | string[] | undefined>>,
  name: z.ZodType<string> = z.uuid(),
): Cursor {
  const place = name.optional().catch(undefined);
  const { before, after } = z.object({ before: place, after: place }).parse(query);
  return after ? { after } : before ? { before } : {};
}
