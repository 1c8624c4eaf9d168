import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeRejection } from "@/lib/coupons/describe-rejection";
import { type CouponTerms, evaluateCoupon } from "@/lib/coupons/evaluate-coupon";
import { couponCode } from "@/lib/coupons/schema";
import type { CourseId } from "@/lib/ids";
import { minor } from "@/lib/money";

const now = new Date("2026-06-01T12:00:00Z");
const python = { courseId: "python-course" as CourseId, courseType: "python", priceAmount: minor(4900) };
const sql = { courseId: "sql-course" as CourseId, courseType: "sql", priceAmount: minor(5900) };

const plain: CouponTerms = {
  code: "TEN",
  discountType: "percentage",
  discountValue: 10,
  currency: null,
  maxDiscountAmount: null,
  minPurchaseAmount: null,
  maxUses: null,
  timesUsed: 0,
  maxUsesPerUser: null,
  validFrom: null,
  validUntil: null,
  isActive: true,
  applicableCourseTypes: null,
  specificCourseIds: null,
};

const situation = { lines: [python, sql], currency: "usd", now, usesByLearner: 0 };
const judge = (terms: Partial<CouponTerms>, changes: Partial<typeof situation> = {}) =>
  evaluateCoupon({ ...plain, ...terms }, { ...situation, ...changes });

describe("evaluateCoupon names the rule that failed", () => {
  test.each([
    ["unknown", { isActive: false }, {}],
    ["cart_empty", {}, { lines: [] }],
    ["not_started", { validFrom: new Date(now.getTime() + 1) }, {}],
    ["expired", { validUntil: now }, {}],
    ["used_up", { maxUses: 5, timesUsed: 5 }, {}],
    ["used_by_you", { maxUsesPerUser: 2 }, { usesByLearner: 2 }],
    ["other_currency", { currency: "eur" }, {}],
    ["not_for_these_courses", { applicableCourseTypes: ["general"] }, {}],
    ["not_for_these_courses", { specificCourseIds: ["another" as CourseId] }, {}],
    ["minimum_not_met", { currency: "usd", minPurchaseAmount: minor(10_801) }, {}],
  ] as const)("%s", (rule, terms, changes) => {
    const judged = judge(terms, { ...changes, lines: "lines" in changes ? [] : situation.lines });
    expect(judged.ok ? "accepted" : judged.error.rule).toBe(rule);
    if (!judged.ok) expect(describeRejection(judged.error)).toMatch(/\.$/);
  });

  test("no coupon at all is unknown, like an inactive one", () => {
    expect(evaluateCoupon(null, situation)).toEqual(judge({ isActive: false }));
  });

  test("the missing amount is told exactly", () => {
    const judged = judge({ currency: "usd", minPurchaseAmount: minor(12_000) });
    expect(judged).toEqual({
      ok: false,
      error: { rule: "minimum_not_met", missingAmount: 1200, currency: "usd" },
    });
    expect(judged.ok ? "" : describeRejection(judged.error)).toBe("Add $12.00 more to use this code.");
  });
});

describe("evaluateCoupon at its limits", () => {
  test("valid from the first instant, and until just before the last", () => {
    expect(judge({ validFrom: now }).ok).toBe(true);
    expect(judge({ validUntil: new Date(now.getTime() + 1) }).ok).toBe(true);
  });

  test("the minimum counts eligible lines only, and is reached when met exactly", () => {
    expect(
      judge({ currency: "usd", minPurchaseAmount: minor(5900), applicableCourseTypes: ["sql"] }).ok,
    ).toBe(true);
    expect(
      judge({ currency: "usd", minPurchaseAmount: minor(5901), applicableCourseTypes: ["sql"] }).ok,
    ).toBe(false);
  });

  test("a code for SQL touches only SQL lines", () => {
    const judged = judge({ applicableCourseTypes: ["sql"], discountValue: 50 });
    expect(judged.ok && [...judged.value.courseIds]).toEqual(["sql-course"]);
    expect(judged.ok && judged.value.amount).toBe(2950);
  });

  test("the cap comes after the percentage; a fixed amount ends at zero, not below", () => {
    expect(judge({ currency: "usd", maxDiscountAmount: minor(1000) })).toMatchObject({
      value: { amount: 1000 },
    });
    expect(judge({ currency: "usd", discountType: "fixed", discountValue: 99_999 })).toMatchObject({
      value: { amount: 10_800 },
    });
  });

  test.each([
    ["jpy", 555, 10, 56],
    ["kwd", 1500, 33, 500],
    ["usd", 999, 15, 150],
  ] as const)("%s rounds half up to what can be charged", (currency, price, percentage, amount) => {
    const lines = [{ ...python, priceAmount: minor(price) }];
    expect(judge({ discountValue: percentage }, { lines, currency })).toMatchObject({ value: { amount } });
  });

  test("never more than the eligible lines cost, whatever the terms", () => {
    const terms = fc.record({
      discountType: fc.constantFrom("percentage" as const, "fixed" as const),
      discountValue: fc.integer({ min: 1, max: 100 }),
      maxDiscountAmount: fc.option(fc.integer({ min: 1, max: 10_000 }).map((value) => minor(value))),
    });
    const prices = fc.array(fc.integer({ min: 0, max: 3_000_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(terms, prices, (changes, amounts) => {
        const lines = amounts.map((price, index) => ({
          ...python,
          courseId: `course-${index}` as CourseId,
          priceAmount: minor(price),
        }));
        const judged = judge({ ...changes, currency: "usd" }, { lines });
        expect(judged.ok && judged.value.amount <= amounts.reduce((total, price) => total + price, 0)).toBe(
          true,
        );
      }),
    );
  });
});

describe("a typed code", () => {
  test("spaces and case do not matter", () => {
    expect(couponCode.parse("  welcome 10 ")).toBe("WELCOME10");
  });

  test.each(["%", "_%", "*", "'; drop table coupons;--", "\0", "а", "x".repeat(10_000), "", "Ⅷ%"])(
    "%j is refused or harmless",
    (typed) => {
      const parsed = couponCode.safeParse(typed);
      expect(!parsed.success || /^[A-Z0-9_-]{1,40}$/.test(parsed.data)).toBe(true);
    },
  );
});
