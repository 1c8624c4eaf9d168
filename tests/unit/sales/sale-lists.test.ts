import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { needsPassword } from "@/lib/desk/refund-limit";
import { stripeAddress } from "@/lib/desk/stripe-address";
import { formatDecimal, readAmount } from "@/lib/money";
import { readNumberEnding, readSaleSearch } from "@/lib/sale-search/read-sale-search";
import { isNarrowed, readSaleFilter, saleQuery } from "@/lib/sales/read-sale-filter";

describe("the search of the orders", () => {
  test("tells by its looks what was typed", () => {
    expect(readSaleSearch("  ")).toBeNull();
    expect(readSaleSearch("ord-20260131-7k")).toEqual({ by: "number", begins: "ORD-20260131-7K" });
    expect(readSaleSearch("20260131")).toEqual({ by: "number", begins: "ORD-20260131" });
    for (const number of ["INV-2026-0148", "CN-2026-0019", "TEST-INV-2026-0001"])
      expect(readSaleSearch(` ${number.toLowerCase()}`)).toEqual({ by: "document", number });
    for (const text of ["inv-oice@example", "cn-"])
      expect(readSaleSearch(text)).toEqual({ by: "words", text });
    expect(readSaleSearch("pi_3abc")).toEqual({ by: "stripe", id: "pi_3abc" });
    for (const id of ["cs_test_a1", "cus_Abc", "re_3abc", "du_1abc", "dp_1abc", "evt_1abc"])
      expect(readSaleSearch(` ${id} `)).toEqual({ by: "stripe", id });
    for (const id of ["ch_3PqXyz0123456789abcdefgh", "py_3PqXyz0123456789abcdefgh"])
      expect(readSaleSearch(id)).toEqual({ by: "unkept", object: "charge" });
    expect(readSaleSearch("in_1PqXyz0123456789abcdefgh")).toEqual({ by: "unkept", object: "invoice" });
    for (const text of ["in_love", "ch_arlotte@example", "py_thon"])
      expect(readSaleSearch(text)).toEqual({ by: "words", text });
    for (const text of ["mira@example", "12345678@qq.com", "ord-desk@example.com", "cn-2026@example.com"])
      expect(readSaleSearch(text.toUpperCase())).toEqual({ by: "words", text });
  });
});

test("the last six signs of an order's number are read as people copy them", () => {
  for (const typed of ["Q966ZX", "q966zx", "-Q966ZX", "#q966zx"])
    expect(readNumberEnding(typed), typed).toBe("Q966ZX");
  expect(readNumberEnding("qo6ilx")).toBe("Q0611X");
  for (const typed of ["Q966Z", "Q966ZXA", "müller", "u966zx", "a@b.cd", "%966ZX", ""])
    expect(readNumberEnding(typed), typed).toBeNull();
});

describe("the filter of the orders", () => {
  const open = readSaleFilter({}, "UTC");

  test("is the whole list without anything asked", () => {
    expect(open).toMatchObject({ q: "", course: "", coupon: "", sort: "placed", direction: "desc" });
    expect(isNarrowed(open)).toBe(false);
    expect(saleQuery(open)).toBe("");
  });

  test("takes nothing that makes no sense, whatever is sent", () => {
    const hostile = [
      "' or 1=1 --",
      "1;drop table orders",
      "desc nulls first",
      "2026-02-31",
      "-1",
      "1e9",
      "NaN",
      "\u0000",
      "9999-12-31",
      "0001-01-01",
    ];
    for (const value of hostile) {
      const all = { status: value, from: value, to: value, least: value, most: value };
      const read = readSaleFilter({ ...all, sort: value, direction: value }, "UTC");
      expect(read, value).toEqual(open);
    }
    expect(readSaleFilter({ q: ["a", "b"], sort: ["total", "placed"] }, "UTC")).toEqual(open);
    const long = { q: `\u0000${"x".repeat(500)}` };
    expect(readSaleFilter(long, "UTC")).toEqual({ ...open, q: "x".repeat(200) });
  });

  test("survives its own address", () => {
    const asked = {
      q: "mira & co",
      status: "refunded",
      from: "2026-11-01",
      to: "2026-11-23",
      course: "100%",
      coupon: "SPRING10",
      least: "49.00",
      most: "1000",
      sort: "total",
      direction: "asc",
    } as const;
    const again = Object.fromEntries(new URLSearchParams(saleQuery(asked)));
    const read = readSaleFilter(again, "Asia/Tokyo");
    expect(read).toEqual({ ...asked, zone: "Asia/Tokyo" });
    expect(isNarrowed(read)).toBe(true);
  });
});

test("an amount that is typed is read as it is shown, in every currency", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_147_483_647 }),
      fc.constantFrom("usd", "jpy", "kwd"),
      (amount, currency) => {
        const text = formatDecimal(amount, currency);
        expect(readAmount(text, currency)).toBe(text.replace(/\..*/, "").length > 9 ? null : amount);
      },
    ),
  );
  expect(readAmount("49,5", "usd")).toBe(4950);
  for (const wrong of ["", "-1", "1.234", "1e3", "9999999999", "999999999", "4 9", "0x1"])
    expect(readAmount(wrong, "usd"), wrong).toBeNull();
  expect(readAmount("1.5", "jpy")).toBeNull();
});

test("a refund asks for the password above a hundred units of its currency", () => {
  expect(needsPassword(10_000, "usd")).toBe(false);
  expect(needsPassword(10_001, "usd")).toBe(true);
  expect(needsPassword(101, "jpy")).toBe(true);
});

test("staff are led to the Dashboard that knows the payment", () => {
  expect(stripeAddress("payments", "pi_1", { livemode: true, standIn: undefined })).toBe(
    "https://dashboard.stripe.com/payments/pi_1",
  );
  expect(stripeAddress("customers", "cus_1", { livemode: false, standIn: undefined })).toBe(
    "https://dashboard.stripe.com/test/customers/cus_1",
  );
  expect(stripeAddress("payments", "pi_1", { livemode: false, standIn: "http://localhost:3002" })).toBe(
    "http://localhost:3002/dashboard/payments/pi_1",
  );
});
