import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { describeRefundRejection } from "@/lib/refunds/describe-rejection";
import { type KnownRefund, matchRefunds, type RefundFact } from "@/lib/refunds/match-refunds";
import { planRefund, type RefundableOrder } from "@/lib/refunds/refund-policy";
import type { RefundRejection } from "@/lib/refunds/schema";

function order(items: readonly (readonly [paid: number, held: number])[]): RefundableOrder {
  const total = (index: 0 | 1) => minor(items.reduce((sum, item) => sum + item[index], 0));
  return {
    status: "completed",
    currency: "usd",
    totalAmount: total(0),
    heldAmount: total(1),
    isDisputed: false,
    coupon: { code: "SPRING", slotFreedBefore: false },
    items: items.map(([paid, held], index) => ({
      id: newId<"order-item">(),
      title: `Course ${index}`,
      paidAmount: minor(paid),
      heldAmount: minor(held),
      hasSeat: true,
      gift: null,
      hasCertificate: index === 0,
    })),
  };
}

const someItems = fc.array(
  fc
    .integer({ min: 0, max: 100_000 })
    .chain((paid) => fc.tuple(fc.constant(paid), fc.integer({ min: 0, max: paid }))),
  { minLength: 1, maxLength: 8 },
);

describe("the rule of refunds", () => {
  test("any amount up to what is left is spread exactly, and no course gets back more than it cost", () => {
    fc.assert(
      fc.property(someItems, fc.double({ min: 0, max: 1, noNaN: true }), (items, part) => {
        const paid = order(items);
        const left = paid.totalAmount - paid.heldAmount;
        const amount = Math.round(left * part);
        const plan = planRefund(paid, { kind: "amount", amount });
        expect(plan.ok).toBe(left > 0 && amount > 0);
        if (!plan.ok) return;
        expect(plan.value.shares.reduce((sum, share) => sum + share.amount, 0)).toBe(amount);
        expect(plan.value.leftAmount).toBe(left - amount);
        for (const share of plan.value.shares) {
          const item = paid.items.find((one) => one.id === share.itemId);
          expect(share.amount + (item?.heldAmount ?? 0)).toBeLessThanOrEqual(item?.paidAmount ?? 0);
        }
      }),
    );
  });

  test("course after course gives back the same as the whole at once, and nothing is left", () => {
    fc.assert(
      fc.property(someItems, (items) => {
        const paid = order(items);
        const whole = planRefund(paid, { kind: "whole" });
        const open = paid.items.filter((item) => item.paidAmount > item.heldAmount);
        expect(whole.ok).toBe(open.length > 0);
        if (!whole.ok) return;
        const each = planRefund(paid, { kind: "items", itemIds: open.map((item) => item.id) });
        expect(each).toEqual(whole);
        expect(whole.value.leftAmount).toBe(0);
        expect(whole.value.endsAccess).toHaveLength(paid.items.length);
        expect(whole.value.endsCertificates).toEqual(["Course 0"]);
      }),
    );
  });

  test("one of two courses ends its own seat only, and frees no slot of the coupon", () => {
    const paid = order([
      [4900, 0],
      [2900, 0],
    ]);
    const [, second] = paid.items;
    const plan = planRefund(paid, { kind: "items", itemIds: second ? [second.id] : [] });
    expect(plan).toMatchObject({
      ok: true,
      value: {
        amount: 2900,
        endsAccess: [{ title: "Course 1" }],
        endsCertificates: [],
        coupon: { code: "SPRING", learnerMayUseAgain: false },
      },
    });
  });

  test("a free course of a paid order ends with the whole order only", () => {
    const paid = order([
      [0, 0],
      [2900, 0],
    ]);
    const ends = (amount: number) => {
      const plan = planRefund(paid, { kind: "amount", amount });
      return plan.ok ? plan.value.endsAccess.map((item) => item.title) : null;
    };
    expect(ends(2899)).toEqual([]);
    expect(ends(2900)).toEqual(["Course 0", "Course 1"]);
  });

  test.each([
    [{ status: "pending" }, "not_paid"],
    [{ status: "expired" }, "not_paid"],
    [{ isDisputed: true }, "disputed"],
    [{ heldAmount: minor(4900) }, "nothing_left"],
    [{ totalAmount: minor(0) }, "nothing_was_paid"],
  ] as const)("%o is refused as %s, in a sentence", (change, code) => {
    const refused = planRefund({ ...order([[4900, 0]]), ...change }, { kind: "whole" });
    expect(refused).toMatchObject({ ok: false, error: { code } });
    expect(describeRefundRejection({ code } as RefundRejection)).toMatch(/^[A-Z].*\.$/);
  });

  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    "an amount of %d is none",
    (amount) => {
      expect(planRefund(order([[4900, 0]]), { kind: "amount", amount })).toEqual({
        ok: false,
        error: { code: "invalid_amount" },
      });
    },
  );
});

describe("refunds as Stripe tells of them", () => {
  const row = (change: Partial<KnownRefund> = {}): KnownRefund => ({
    id: newId<"refund">(),
    status: "pending",
    amount: 3000,
    reason: "requested_by_customer",
    stripeRefundId: null,
    ...change,
  });
  const fact = (change: Partial<RefundFact> = {}): RefundFact => ({
    stripeRefundId: "re_1",
    refundId: null,
    amount: 3000,
    currency: "usd",
    status: "succeeded",
    reason: "requested_by_customer",
    ...change,
  });

  test("one that arrived never becomes one on its way again; one that failed stays failed", () => {
    const known = row({ stripeRefundId: "re_1", status: "succeeded" });
    expect(matchRefunds([known], [fact({ status: "pending" })], 4900)[0]?.status).toBe("succeeded");
    expect(matchRefunds([known], [fact({ status: "failed" })], 4900)[0]?.status).toBe("failed");
    expect(matchRefunds([{ ...known, status: "failed" }], [fact()], 4900)[0]?.status).toBe("failed");
  });

  test("ours is known by its id in the metadata, and two equal ones from the Dashboard are two", () => {
    const ours = row();
    expect(matchRefunds([ours], [fact({ refundId: ours.id })], 4900)).toMatchObject([
      { id: ours.id, stripeRefundId: "re_1", status: "succeeded", before: "pending" },
    ]);
    const two = [fact({ amount: 100 }), fact({ amount: 100, stripeRefundId: "re_2" })];
    expect(matchRefunds([], two, 4900)).toMatchObject([{ before: null }, { before: null }]);
  });

  test("what Stripe has not seen and no longer fits is canceled, the newest first; what it has seen never is", () => {
    const [older, newer] = [row({ amount: 1000 }), row({ amount: 1000 })];
    const matched = matchRefunds([older, newer], [fact({ amount: 3500 })], 4900);
    expect(matched.map((refund) => refund.status)).toEqual(["pending", "canceled", "succeeded"]);
    const sent = row({ amount: 4900, stripeRefundId: "re_0" });
    expect(matchRefunds([sent], [fact({ amount: 100 })], 4900)[0]?.status).toBe("pending");
  });
});
