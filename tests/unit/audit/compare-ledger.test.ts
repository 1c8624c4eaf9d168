import { describe, expect, test } from "vitest";
import { compareLedger, LEDGER_INVARIANTS } from "@/lib/audit/compare-ledger";

const order = {
  orderId: "0197-order",
  orderNumber: "ORD-20260301-000001",
  paymentIntentId: "pi_1",
  amount: 4900,
  currency: "usd",
};
const payment = { paymentIntentId: "pi_1", orderId: "0197-order", amount: 4900, currency: "usd" };
const given = {
  id: "0197-refund",
  stripeRefundId: "re_1",
  paymentIntentId: "pi_1",
  amount: 900,
  status: "succeeded",
};
const { id: _, ...booked } = given;
const ours = { payments: [order], refunds: [given] };
const stripes = { payments: [payment], refunds: [booked] };
const named = (one: typeof ours, other: typeof stripes) =>
  compareLedger(one, other).map(({ invariant }) => invariant);

test("equal books have no difference", () => {
  expect(compareLedger(ours, stripes)).toEqual([]);
});

describe("each difference is noticed", () => {
  test.each<[string, typeof ours, typeof stripes]>([
    ["payment-at-stripe", ours, { ...stripes, payments: [] }],
    ["payment-at-stripe", ours, { ...stripes, payments: [{ ...payment, amount: 4899 }] }],
    ["payment-at-stripe", ours, { ...stripes, payments: [{ ...payment, currency: "eur" }] }],
    ["payment-at-stripe", ours, { ...stripes, payments: [payment, payment] }],
    ["payment-has-order", { payments: [], refunds: [] }, { ...stripes, refunds: [] }],
    ["payment-has-order", { payments: [], refunds: [] }, stripes],
    ["refund-at-stripe", ours, { ...stripes, refunds: [] }],
    ["refund-at-stripe", ours, { ...stripes, refunds: [{ ...booked, amount: 901 }] }],
    ["refund-at-stripe", ours, { ...stripes, refunds: [{ ...booked, status: "failed" }] }],
    ["refund-is-ours", { ...ours, refunds: [] }, stripes],
  ])("%s", (invariant, one, other) => {
    expect(named(one, other)).toEqual([invariant]);
    expect(LEDGER_INVARIANTS.some(({ name }) => name === invariant)).toBe(true);
  });
});

test("a payment that went back whole needs no order", () => {
  const back = { ...booked, amount: 4900 };
  expect(compareLedger({ payments: [], refunds: [] }, { payments: [payment], refunds: [back] })).toEqual([]);
  const failed = { ...back, status: "failed" };
  expect(
    compareLedger({ payments: [], refunds: [] }, { payments: [payment], refunds: [failed] }),
  ).toHaveLength(1);
});

test("what another program took is none of ours", () => {
  const foreign = { ...payment, paymentIntentId: "pi_2", orderId: null };
  expect(compareLedger(ours, { ...stripes, payments: [payment, foreign] })).toEqual([]);
});

test("a refund that waits for somebody's action is pending", () => {
  const waiting = { ...ours, refunds: [{ ...given, status: "pending" }] };
  expect(compareLedger(waiting, { ...stripes, refunds: [{ ...booked, status: "requires_action" }] })).toEqual(
    [],
  );
});
