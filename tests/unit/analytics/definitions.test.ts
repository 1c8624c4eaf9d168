import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bucketsOf,
  daysIn,
  nameBucket,
  namePeriod,
  type Period,
  PRESETS,
  periodBefore,
  periodOf,
  splitAt,
} from "@/lib/analytics/period";
import { readReportQuery, reportQuery } from "@/lib/analytics/read-report-query";
import { salesCsv, slicesCsv } from "@/lib/analytics/report-rows";
import { scaleTo } from "@/lib/analytics/scale";
import {
  addSales,
  averageAmount,
  changeOf,
  type DaySales,
  NO_SALES,
  netAmount,
  pairBuckets,
  sumBuckets,
} from "@/lib/analytics/sum-sales";
import { addDays } from "@/lib/progress/streak";

const period = fc
  .record({
    from: fc
      .date({ min: new Date("2020-01-01"), max: new Date("2030-12-31"), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
    days: fc.integer({ min: 1, max: 900 }),
  })
  .map(({ from, days }): Period => ({ from, to: addDays(from, days - 1) }));

describe("The parts of a period", () => {
  test("split at any day, it is what is over and the rest, each day once", () => {
    fc.assert(
      fc.property(period, fc.integer({ min: -5, max: 905 }), (whole, days) => {
        const today = addDays(whole.from, days);
        const { past, rest } = splitAt(today, whole);
        expect((past ? daysIn(past) : 0) + (rest ? daysIn(rest) : 0)).toBe(daysIn(whole));
        expect([(past ?? rest)?.from, (rest ?? past)?.to]).toEqual([whole.from, whole.to]);
        expect(past === null || past.to < today).toBe(true);
        expect(rest === null || rest.from >= today).toBe(true);
      }),
    );
  });

  test("are all of it, each day once, in its order", () => {
    fc.assert(
      fc.property(period, (whole) => {
        const buckets = bucketsOf(whole);
        expect(buckets[0]?.from).toBe(whole.from);
        expect(buckets.at(-1)?.to).toBe(whole.to);
        for (const [index, bucket] of buckets.entries()) {
          expect(bucket.from <= bucket.to).toBe(true);
          if (index > 0) expect(bucket.from).toBe(addDays(buckets[index - 1]?.to ?? "", 1));
        }
        expect(buckets.reduce((days, bucket) => days + daysIn(bucket), 0)).toBe(daysIn(whole));
      }),
    );
  });

  test("are days, weeks from Monday, or months", () => {
    const sizes = (from: string, to: string) => bucketsOf({ from, to }).map(nameBucket);
    expect(sizes("2026-11-01", "2026-11-03")).toEqual(["1 Nov", "2 Nov", "3 Nov"]);
    expect(sizes("2026-11-25", "2027-01-20").slice(0, 3)).toEqual([
      "25–29 Nov",
      "30 Nov – 6 Dec",
      "7–13 Dec",
    ]);
    expect(sizes("2026-01-15", "2026-12-31").slice(0, 2)).toEqual(["Jan 2026", "Feb 2026"]);
    expect(bucketsOf({ from: "2024-01-15", to: "2024-12-31" })[1]).toEqual({
      from: "2024-02-01",
      to: "2024-02-29",
      size: "month",
    });
  });

  test("compare with as many days right before", () => {
    fc.assert(
      fc.property(period, (whole) => {
        const before = periodBefore(whole);
        expect(daysIn(before)).toBe(daysIn(whole));
        expect(addDays(before.to, 1)).toBe(whole.from);
      }),
    );
    expect(periodBefore({ from: "2026-03-01", to: "2026-03-31" })).toEqual({
      from: "2026-01-29",
      to: "2026-02-28",
    });
    expect(namePeriod({ from: "2026-11-01", to: "2026-11-23" })).toBe("1–23 November 2026");
  });

  test("end today when they are a preset", () => {
    expect(PRESETS.map((preset) => periodOf(preset, "2026-11-26"))).toEqual([
      { from: "2026-11-20", to: "2026-11-26" },
      { from: "2026-10-30", to: "2026-11-26" },
      { from: "2026-08-29", to: "2026-11-26" },
      { from: "2026-11-01", to: "2026-11-26" },
      { from: "2026-01-01", to: "2026-11-26" },
    ]);
  });
});

describe("What an address asks for", () => {
  const today = "2026-11-26";
  test.each([[{}], [{ preset: "a-decade" }], [{ from: "", to: "" }], [{ currency: "money" }]])(
    "is the last 28 days when it asks for none: %j",
    (sent) => {
      const asked = { preset: "28-days", currency: null, refused: null };
      expect(readReportQuery(sent, today)).toMatchObject(asked);
    },
  );

  test.each([
    [{ from: "2026-11-26", to: "2026-11-01" }, "wrong_order", "to"],
    [{ from: "2026-11-31", to: "2026-12-01" }, "no_date", "from"],
    [{ from: "2026-11-01", to: "2026-11-27" }, "in_future", "to"],
    [{ from: "9999-12-01", to: "9999-12-31" }, "no_date", "from"],
    [{ from: "0001-01-01", to: "0001-01-02" }, "no_date", "from"],
    [{ from: "2010-01-01", to: "2026-01-01" }, "too_long", "from"],
    [{ from: "' or 1=1 --", to: "x" }, "no_date", "from"],
  ] as const)("says why days cannot be shown, and shows the last 28: %j", (typed, code, field) => {
    expect(readReportQuery(typed, today)).toEqual({
      period: { from: "2026-10-30", to: today },
      preset: "28-days",
      currency: null,
      refused: { typed, problem: { code, field } },
    });
  });

  test("may leave out one of two days", () => {
    expect(readReportQuery({ from: "2026-11-20" }, today).period).toEqual({ from: "2026-11-20", to: today });
    expect(readReportQuery({ to: "2026-03-31" }, today).period).toEqual({
      from: "2026-03-04",
      to: "2026-03-31",
    });
  });

  test("comes back from its own address", () => {
    for (const sent of [
      { from: "2026-02-01", to: "2026-02-28", currency: "eur" },
      { preset: "this-year", currency: "usd" },
    ]) {
      const read = readReportQuery(sent, today);
      const again = Object.fromEntries(new URLSearchParams(reportQuery(read)));
      expect(readReportQuery(again, today)).toEqual(read);
    }
  });
});

const sales = (day: string, grossAmount: number, refundedAmount = 0): DaySales => ({
  ...NO_SALES,
  day,
  orders: 1,
  grossAmount,
  refunds: refundedAmount > 0 ? 1 : 0,
  refundedAmount,
});

describe("The sums", () => {
  test("of the parts are the sum of the days", () => {
    const days = fc.array(
      fc.record({
        offset: fc.integer({ min: 0, max: 899 }),
        gross: fc.nat(1_000_000),
        back: fc.nat(1_000_000),
      }),
    );
    fc.assert(
      fc.property(period, days, (whole, made) => {
        const inside = made
          .filter(({ offset }) => offset < daysIn(whole))
          .map(({ offset, gross, back }) => sales(addDays(whole.from, offset), gross, back));
        const parts = sumBuckets(inside, bucketsOf(whole)).map((part) => part.sales);
        expect(addSales(parts)).toEqual(addSales(inside.map(({ day: _day, ...rest }) => rest)));
      }),
    );
  });

  test("may be negative where more went back than came in", () => {
    expect(netAmount(sales("2026-11-01", 1_000, 4_900))).toBe(-3_900);
    expect(averageAmount(addSales([sales("a", 1_000), sales("b", 1_001)]))).toBe(1_001);
    expect(averageAmount(NO_SALES)).toBe(0);
  });

  test("keep nothing of what a bank took back", () => {
    const lost = { ...sales("2026-11-01", 4_900), lostAmount: 3_920 };
    expect(netAmount(lost)).toBe(980);
    expect(netAmount(addSales([lost, lost]))).toBe(1_960);
  });

  test("change against the period before, or against nothing", () => {
    expect(changeOf(110, 100)).toBe(10);
    expect(changeOf(2, 3)).toBe(-33.3);
    expect(changeOf(5, 0)).toBeNull();
    expect(changeOf(50, -100), "from a loss to a gain is more").toBe(150);
  });

  test("are paired day by day, and not where weeks are cut differently", () => {
    const [now, before] = [
      { from: "2026-11-04", to: "2026-11-05" },
      { from: "2026-11-02", to: "2026-11-03" },
    ];
    const paired = pairBuckets([sales("2026-11-05", 100)], now, [sales("2026-11-03", 70)]);
    expect(paired.map((one) => [one.sales.grossAmount, one.before.grossAmount])).toEqual([
      [0, 0],
      [100, 70],
    ]);
    expect(before).toEqual(periodBefore(now));
  });

  test("of weeks and months too: each day of the period before is in one of them", () => {
    fc.assert(
      fc.property(period, (whole) => {
        const earlier = periodBefore(whole);
        const daysBefore = [earlier.from, earlier.to].map((day) => sales(day, 1));
        const paired = pairBuckets([], whole, daysBefore);
        const total = paired.reduce((sum, one) => sum + one.before.grossAmount, 0);
        expect(total).toBe(2);
        expect(paired[0]?.before.grossAmount).toBeGreaterThan(0);
        expect(paired.at(-1)?.before.grossAmount).toBeGreaterThan(0);
      }),
    );
  });
});

describe("The scale of a chart", () => {
  test("holds the greatest amount in a few even steps of whole units", () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (most) => {
        const { top, lines } = scaleTo(most);
        expect(top).toBeGreaterThanOrEqual(most);
        expect(lines.length).toBeLessThanOrEqual(6);
        expect(lines.at(-1)).toBe(top);
        expect(lines.every(Number.isInteger)).toBe(true);
        expect(top).toBeGreaterThan(0);
      }),
    );
  });
});

describe("The file", () => {
  test("holds decimals of its currency, and no formula", () => {
    const rows = sumBuckets(
      [sales("2026-11-01", 4_900, 900)],
      bucketsOf({ from: "2026-11-01", to: "2026-11-01" }),
    );
    expect(salesCsv(rows, "usd").split("\r\n")[1]).toBe(
      "2026-11-01,2026-11-01,USD,1,49.00,0.00,1,9.00,0.00,40.00",
    );
    expect(salesCsv(rows, "jpy").split("\r\n")[1]).toContain("4900");
    const slice = {
      name: "=cmd|' /C calc'!A0",
      sold: 1,
      paidAmount: 119,
      taxAmount: 19,
      refundedAmount: 20,
      lostAmount: 99,
    };
    expect(slicesCsv("coupon", [slice], "usd")).toContain("'=cmd");
    expect(slicesCsv("country", [{ ...slice, name: "Germany" }], "usd").split("\r\n")).toEqual([
      "Country,Currency,Sold,Paid,Tax,Paid without tax,Refunded,Lost to disputes",
      "Germany,USD,1,1.19,0.19,1.00,0.20,0.99",
      "",
    ]);
  });

  test("has numbers for a day on which more went back than came in", () => {
    const rows = sumBuckets(
      [sales("2026-11-01", 0, 4_900)],
      bucketsOf({ from: "2026-11-01", to: "2026-11-01" }),
    );
    const net = (currency: string) => salesCsv(rows, currency).split("\r\n")[1]?.split(",").at(-1);
    expect(net("usd")).toBe("-49.00");
    expect(net("jpy")).toBe("-4900");
  });
});
