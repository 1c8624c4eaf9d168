import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPrice } from "@/lib/authoring/read-price";
import {
  currencyExponent,
  describeAmount,
  describeMinimum,
  formatMoney,
  minimumCharge,
  minor,
  shortMoney,
  splitByWeight,
  sum,
} from "@/lib/money";

describe("a price as typed", () => {
  test.each([
    ["0", "usd", 0],
    ["0.50", "usd", 50],
    ["0,50", "eur", 50],
    ["50", "jpy", 50],
    ["1.000", "kwd", 1000],
  ])("%s %s is taken", (typed, currency, value) => {
    expect(readPrice(typed, currency)).toEqual({ ok: true, value });
  });

  test.each([
    ["0.01", "usd", "below_minimum"],
    ["0.49", "usd", "below_minimum"],
    ["49", "jpy", "below_minimum"],
    ["", "usd", "bad_price"],
    ["1,000", "usd", "bad_price"],
    ["abc", "usd", "bad_price"],
    ["0.5", "jpy", "bad_price"],
  ])("%s %s is refused", (typed, currency, error) => {
    expect(readPrice(typed, currency)).toEqual({ ok: false, error });
  });

  test("is asked for in the decimals of its currency", () => {
    expect(describeAmount("usd")).toBe("Enter an amount such as 20 or 20.50.");
    expect(describeAmount("kwd")).toBe("Enter an amount such as 20 or 20.500.");
    expect(describeAmount("jpy")).toBe("Enter an amount such as 20.");
    expect(describeMinimum("usd")).toBe("The least that can be paid by card is $0.50");
  });
});

describe("amounts", () => {
  test.each([-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])("%d is no amount", (value) => {
    expect(() => minor(value)).toThrow(RangeError);
  });

  test.each([
    [4900, "usd", "$49.00"],
    [500, "jpy", "¥500"],
    [1500, "kwd", "KWD 1.500"],
    [-1280, "usd", "−$12.80"],
  ])("%d %s reads %s", (amount, currency, text) => {
    expect(formatMoney(amount, currency).replaceAll("\u00a0", " ")).toBe(text);
  });

  test("the least charge is a whole unit where Stripe publishes none", () => {
    expect(minimumCharge("usd")).toBe(50);
    expect(minimumCharge("kwd")).toBe(10 ** currencyExponent("kwd"));
  });
});

test("a split is whole, adds up, and no part strays from its share by more than one", () => {
  const weights = fc.array(
    fc.integer({ min: 0, max: 5_000_000 }).map((value) => minor(value)),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (parts, share) => {
      const whole = sum(parts);
      const total = minor(Math.floor(whole * share));
      const split = splitByWeight(total, parts);
      expect(sum(split)).toBe(total);
      split.forEach((part, index) => {
        const exact = whole === 0 ? 0 : (total * (parts[index] ?? 0)) / whole;
        expect(Math.abs(part - exact)).toBeLessThanOrEqual(1);
      });
    }),
  );
});

test("the lines of a chart are named in three digits", () => {
  const named = (amounts: readonly number[], currency: string) =>
    amounts.map((amount) => shortMoney(amount, currency));
  expect(named([0, 25, 5_000, 1_250_000, 15_000_000, 250_000_000], "usd")).toEqual([
    "$0",
    "$0.25",
    "$50",
    "$12.5K",
    "$150K",
    "$2.5M",
  ]);
  expect(named([2_500_000], "jpy")).toEqual(["¥2.5M"]);
});
