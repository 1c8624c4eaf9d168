import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareResults } from "@/lib/exercises/compare-results";
import type { ResultTable, SqlValue } from "@/lib/exercises/reports";

const table = (columns: string[], rows: SqlValue[][]): ResultTable => ({ columns, rows });
const value = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.double({ noNaN: true }));
const rows = fc.array(fc.tuple(value, value), { maxLength: 30 });

describe("rows", () => {
  test("are the same in any order, unless it was asked for", () => {
    fc.assert(
      fc.property(rows, (some) => {
        const reversed = some.toReversed();
        expect(compareResults(table(["a", "b"], some), table(["a", "b"], reversed), false)).toBeNull();
        const inOrder = compareResults(table(["a", "b"], some), table(["a", "b"], reversed), true);
        const isPalindrome = some.every((row, index) =>
          row.every((cell, at) => Object.is(cell, reversed[index]?.[at])),
        );
        if (isPalindrome) expect(inOrder).toBeNull();
      }),
    );
    const [up, down] = [table(["n"], [[1], [2]]), table(["n"], [[2], [1]])];
    expect(compareResults(up, down, true)).toBe("The rows are right, their order is not.");
    expect(compareResults(up, down, false)).toBeNull();
  });

  test("count as often as they come", () => {
    const wanted = table(["n"], [[1], [1], [2]]);
    expect(compareResults(wanted, table(["n"], [[1], [2], [2]]), false)).toMatch(/values are not/);
    expect(compareResults(wanted, table(["n"], [[1], [2]]), false)).toBe("3 rows expected, 2 came.");
  });

  test("a hair apart find their partners", () => {
    const wanted = table(
      ["a", "b"],
      [
        [0.1 + 0.2, "y"],
        [0.3, "x"],
      ],
    );
    const got = table(
      ["a", "b"],
      [
        [0.3, "y"],
        [0.1 + 0.2, "x"],
      ],
    );
    expect(compareResults(wanted, got, false)).toBeNull();
  });
});

describe("values", () => {
  const one = (a: SqlValue, b: SqlValue) => compareResults(table(["v"], [[a]]), table(["v"], [[b]]), true);
  test("numbers go by value, text exactly, NULL by itself", () => {
    expect(one(2, 2.0)).toBeNull();
    expect(one(1 / 3, 0.3333333333)).toBeNull();
    expect(one(1_000_000, 1_000_000.01)).not.toBeNull();
    expect(one(2, "2")).not.toBeNull();
    expect(one("a", "A")).not.toBeNull();
    expect(one(null, null)).toBeNull();
    expect(one(null, 0)).not.toBeNull();
    expect(one(null, "")).not.toBeNull();
    expect(one(Uint8Array.of(1), Uint8Array.of(1))).toBeNull();
    expect(one(Uint8Array.of(1), Uint8Array.of(2))).not.toBeNull();
  });
});

test("columns have their names and their order; case does not matter", () => {
  const wanted = table(["Name", "n"], []);
  expect(compareResults(wanted, table(["name", "N"], []), false)).toBeNull();
  expect(compareResults(wanted, table(["n", "name"], []), false)).toBe(
    "The columns must be Name, n; they are n, name.",
  );
  expect(compareResults(wanted, table([], []), false)).toContain("they are none");
});
