import { describe, expect, test } from "vitest";
import { ordersHref, readFilter } from "@/lib/orders/order-filter";
import { readCursor } from "@/lib/orders/read-cursor";

const number = "ORD-20261123-7K2M9Q";

describe("the history of orders by its address", () => {
  test("reads what means something, and takes everything else as not set", () => {
    expect(readFilter({ q: " sql ", status: "refunded", year: "2026" })).toEqual({
      q: "sql",
      status: "refunded",
      year: 2026,
    });
    for (const value of ["", " ", "\u0000", "1e9", "../", ["paid", "open"]])
      expect(readFilter({ status: value, year: value })).toEqual({
        status: undefined,
        year: undefined,
        q: undefined,
      });
    expect(readFilter({ q: "x".repeat(201) }).q).toBe("x".repeat(200));
  });

  test("keeps the filter on the way to the next page, and the next page alone otherwise", () => {
    const narrowed = readFilter({ q: "joins & windows", status: "paid", year: "2025" });
    const href = new URL(ordersHref(narrowed, { before: number }), "http://localhost");
    expect(Object.fromEntries(href.searchParams)).toEqual({
      q: "joins & windows",
      status: "paid",
      year: "2025",
      before: number,
    });
    expect(readFilter(Object.fromEntries(href.searchParams))).toEqual(narrowed);
    expect(readCursor(Object.fromEntries(href.searchParams))).toEqual({ before: number });
    expect(ordersHref({}, { after: number })).toBe(`/account/orders?after=${number}`);
    expect(ordersHref({})).toBe("/account/orders");
  });

  test("stands at one place of the list, whatever is sent", () => {
    expect(readCursor({ before: number, after: number })).toEqual({ after: number });
    for (const before of ["1", "ORD-20261123-7K2M9I", `${number}' or 1=1`, [number, number]])
      expect(readCursor({ before })).toEqual({});
  });
});
