import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeTerms } from "@/lib/campaigns/describe-terms";
import { compareTerms } from "@/lib/campaigns/name-terms";
import { createBatchInput, type EditableTerms, editCouponInput, typedTerms } from "@/lib/campaigns/schema";
import { fieldsOf, noTerms } from "@/lib/campaigns/terms-fields";
import { tryOnCart } from "@/lib/campaigns/try-on-cart";
import { evaluateCoupon } from "@/lib/coupons/evaluate-coupon";
import type { CourseId } from "@/lib/ids";
import { formatDecimal, largestAmount, minor, readAmount } from "@/lib/money";

const now = new Date("2026-06-01T12:00:00Z");
const python = {
  courseId: "0197a000-0000-7000-8000-000000000001" as CourseId,
  title: "Python, the first steps",
  courseType: "python",
  priceAmount: minor(4900),
  currency: "usd",
};
const sql = {
  courseId: "0197a000-0000-7000-8000-000000000002" as CourseId,
  title: "SQL from scratch",
  courseType: "sql",
  priceAmount: minor(5900),
  currency: "usd",
};
const typed = { ...noTerms("usd"), value: "20" };
const read = (changes: Partial<typeof typed>) => typedTerms.safeParse({ ...typed, ...changes });
const problems = (changes: Partial<typeof typed>) => {
  const found = read(changes);
  return found.success ? [] : found.error.issues.map(({ path }) => String(path[0]));
};

describe("The terms of a code, as typed", () => {
  test.each([
    ["value", { value: "" }],
    ["value", { value: "0" }],
    ["value", { value: "101" }],
    ["value", { value: "12.5" }],
    ["value", { discountType: "fixed" as const, value: "-5" }],
    ["value", { discountType: "fixed" as const, value: "5.001" }],
    ["value", { discountType: "fixed" as const, value: "5.50", currency: "jpy" }],
    ["maxDiscount", { maxDiscount: "0" }],
    ["minPurchase", { minPurchase: "lots" }],
    ["maxUses", { maxUses: "0" }],
    ["maxUses", { maxUses: "1.5" }],
    ["maxUsesPerUser", { maxUsesPerUser: "-1" }],
    ["validFrom", { validFrom: "tomorrow" }],
    ["validUntil", { validFrom: "2026-06-02T00:00", validUntil: "2026-06-02T00:00" }],
    ["courseTypes", { courseTypes: "python,cooking" }],
    ["courses", { courses: "1 or 1=1" }],
  ])("name %s when it makes no sense", (field, changes) => {
    expect(problems(changes)).toEqual([field]);
  });

  test("say what may be entered: the largest number, and empty only where that means something", () => {
    const said = (changes: Partial<typeof typed>) =>
      read(changes).error?.issues.map((issue) => issue.message);
    const fixed = { discountType: "fixed" as const };
    const most = "at most $21,474,836.47";
    expect(said({ ...fixed, value: "10.005" })).toEqual([`Enter an amount such as 20 or 20.50, ${most}.`]);
    expect(said({ ...fixed, value: "999999999" })).toEqual([`Enter an amount such as 20 or 20.50, ${most}.`]);
    expect(said({ minPurchase: "999999999" })).toEqual([
      `Enter an amount such as 20 or 20.50, ${most}, or leave it empty.`,
    ]);
    expect(said({ ...fixed, value: "5.50", currency: "jpy" })).toEqual([
      "Enter an amount such as 2000, at most ¥999,999,999.",
    ]);
    expect(said({ maxUses: "99999999999" })).toEqual([
      "Enter a whole number from 1 to 999,999,999, or leave it empty.",
    ]);
  });

  test.each(["usd", "jpy", "kwd"])("the largest amount of %s that is named is taken", (currency) => {
    const most = largestAmount(currency);
    expect(readAmount(formatDecimal(most, currency), currency)).toBe(most);
    expect(readAmount(formatDecimal(most + 1, currency), currency)).toBeNull();
  });

  test("come back as they were typed", () => {
    const amount = fc.integer({ min: 1, max: 2_000_000_000 }).map(minor);
    const orNothing = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
    const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
    const moment = (from: Date) => new Date(Math.floor(from.getTime() / 1000) * 1000);
    const terms = fc
      .record({
        description: fc.constantFrom("", "Spring"),
        discountValue: fc.integer({ min: 1, max: 100 }),
        maxDiscountAmount: orNothing(amount),
        minPurchaseAmount: orNothing(amount),
        maxUses: orNothing(fc.integer({ min: 1, max: 999_999 })),
        maxUsesPerUser: orNothing(fc.integer({ min: 1, max: 99 })),
        validFrom: orNothing(day.map(moment)),
        applicableCourseTypes: orNothing(fc.constant(["python"])),
        specificCourseIds: orNothing(fc.constant([python.courseId])),
      })
      .map(
        (some): EditableTerms => ({
          ...some,
          discountType: "percentage",
          validUntil: some.validFrom && new Date(some.validFrom.getTime() + 60_000),
          currency: some.maxDiscountAmount || some.minPurchaseAmount ? "kwd" : null,
        }),
      );
    fc.assert(
      fc.property(terms, (made) => {
        const again = typedTerms.safeParse(fieldsOf(made, "usd"));
        expect(again.success && again.data).toEqual(made);
        expect(compareTerms(made, again.success ? again.data : made)).toBeNull();
      }),
    );
  });

  test("of an edit name the code and the version that was looked at", () => {
    const input = editCouponInput.safeParse({ ...typed, code: " spring10 ", version: "3" });
    expect(input.success && input.data).toMatchObject({ code: "SPRING10", version: 3 });
    expect(editCouponInput.safeParse({ ...typed, code: "A", version: "0" }).success).toBe(false);
  });

  test("of a batch work once each, whatever else was sent", () => {
    const batch = {
      ...typed,
      batch: "0197a000-0000-7000-8000-00000000000a",
      description: "Fair",
      prefix: "fair ",
      count: "5",
      maxUses: "900",
      maxUsesPerUser: "x",
    };
    const input = createBatchInput.safeParse(batch);
    expect(input.success && input.data).toMatchObject({ prefix: "FAIR", count: 5, terms: { maxUses: 1 } });
    expect(createBatchInput.safeParse({ ...batch, count: "5001" }).success).toBe(false);
    expect(createBatchInput.safeParse({ ...batch, prefix: "=cmd" }).success).toBe(false);
  });
});

describe("What a code does", () => {
  test("is said in sentences", () => {
    const found = read({
      maxDiscount: "50",
      minPurchase: "40",
      courseTypes: "python",
      maxUses: "100",
      maxUsesPerUser: "1",
      validUntil: "2026-06-30T00:00",
    });
    expect(found.success && describeTerms(found.data, new Map())).toEqual([
      "20% off courses about Python, at most $50.00.",
      "These must cost at least $40.00 together.",
      "It works until 30 June 2026, 00:00 UTC.",
      "It can be used 100 times in all and once per learner.",
    ]);
  });

  test("to an example cart is what the rule of coupons says", () => {
    const found = read({ courseTypes: "python" });
    if (!found.success) throw new Error("not read");
    const coupon = { ...found.data, code: "", timesUsed: 0, isActive: true };
    const tried = tryOnCart(coupon, [python, sql], now);
    const judged = evaluateCoupon(coupon, {
      lines: [python, sql],
      currency: "usd",
      now,
      usesByLearner: 0,
    });
    expect(judged.ok && judged.value.amount).toBe(tried.priced.discountAmount);
    expect(tried.priced.lines.map((line) => line.discountAmount)).toEqual([980, 0]);
    expect(tried).toMatchObject({ refusal: null, remark: null, priced: { totalAmount: 9820 } });
  });

  test("is a refusal in the buyer's words, or a remark about what is left to pay", () => {
    const terms = (changes: Partial<typeof typed>) => {
      const found = read(changes);
      if (!found.success) throw new Error("not read");
      return { ...found.data, code: "", timesUsed: 0, isActive: true };
    };
    expect(tryOnCart(terms({ courseTypes: "general" }), [python], now).refusal).toMatch(/does not apply/);
    expect(tryOnCart(terms({ validFrom: "2026-07-01T00:00" }), [python], now).refusal).toMatch(
      /from 1 July 2026/,
    );
    expect(tryOnCart({ ...terms({}), isActive: false }, [python], now).refusal).toMatch(/do not know/);
    expect(tryOnCart(terms({ value: "100" }), [python], now).remark).toMatch(/without a card/);
    const almost = terms({ discountType: "fixed", value: "48.90" });
    expect(tryOnCart(almost, [python], now).remark).toMatch(/nothing under \$0\.50/);
  });
});
