import type { ResultTable, SqlValue } from "./reports";

/** Numbers that differ by less, absolutely or in proportion, are the same. */
const TOLERANCE = 1e-9;

/**
 * Null when `got` is as good as `expected`, else why not, in a sentence.
 *
 * - Columns: the same names in the same order; case does not matter.
 * - Rows: the same ones, each as often; their order only when `ordered`.
 * - Integers and reals are compared by value, within 1e-9; text and blobs exactly; NULL equals NULL and nothing else. A
 *   number is never equal to a text.
 */
export function compareResults(expected: ResultTable, got: ResultTable, ordered: boolean): string | null {
  const columns = compareColumns(expected.columns, got.columns);
  if (columns) return columns;
  const [wanted, have] = [expected.rows.length, got.rows.length];
  if (have !== wanted) return `${count(wanted, "row")} expected, ${have} came.`;
  if (isSameOrder(expected.rows, got.rows)) return null;
  const sameRows =
    isSameOrder(sortRows(expected.rows), sortRows(got.rows)) || matches(expected.rows, got.rows);
  if (sameRows) return ordered ? "The rows are right, their order is not." : null;
  return "The number of rows is right, their values are not.";
}

function compareColumns(expected: readonly string[], got: readonly string[]): string | null {
  const same = (a: string, b: string | undefined) => a.toLowerCase() === b?.toLowerCase();
  if (expected.length === got.length && expected.every((name, index) => same(name, got[index]))) return null;
  const names = got.length === 0 ? "none" : got.join(", ");
  return `The columns must be ${expected.join(", ")}; they are ${names}.`;
}

type Row = readonly SqlValue[];

function isSameOrder(a: readonly Row[], b: readonly Row[]): boolean {
  return a.every((row, index) => isSameRow(row, b[index]));
}

function isSameRow(a: Row, b: Row | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((value, index) => isSameValue(value, b[index]));
}

export function isSameValue(a: SqlValue, b: SqlValue | undefined): boolean {
  if (typeof a === "number" && typeof b === "number")
    return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
  if (a instanceof Uint8Array && b instanceof Uint8Array)
    return a.length === b.length && a.every((byte, index) => byte === b[index]);
  return a === b;
}

function sortRows(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => {
    for (const [index, value] of a.entries()) {
      const order = compareValues(value, b[index] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** As SQLite sorts: NULL, numbers, text, blobs. */
function compareValues(a: SqlValue, b: SqlValue): number {
  if (isSameValue(a, b)) return 0;
  const kinds = kindOf(a) - kindOf(b);
  if (kinds !== 0) return kinds;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : 1;
}

function kindOf(value: SqlValue): number {
  if (value === null) return 0;
  if (typeof value === "number") return 1;
  return typeof value === "string" ? 2 : 3;
}

/** Values a hair apart can sort differently in two lists; then each row looks for a partner. */
function matches(expected: readonly Row[], got: readonly Row[]): boolean {
  if (expected.length > 2_000) return false;
  const left = [...got];
  return expected.every((row) => {
    const at = left.findIndex((other) => isSameRow(row, other));
    if (at === -1) return false;
    left.splice(at, 1);
    return true;
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
