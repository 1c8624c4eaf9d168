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
const { id: _, ...told } = given;
const booked = { ...told, refundId: "0197-refund" as string | null };
const known = { stripeDisputeId: "dp_1", state: "open" as const };
const wanted = { stripeDisputeId: "dp_1", paymentIntentId: "pi_1", stripeStatus: "under_review" };
const ours = { payments: [order], refunds: [given], disputes: [known] };
const stripes = { payments: [payment], refunds: [booked], disputes: [wanted] };
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
    ["payment-has-order", { payments: [], refunds: [], disputes: [] }, { ...stripes, refunds: [] }],
    ["payment-has-order", { payments: [], refunds: [], disputes: [] }, stripes],
    ["refund-at-stripe", ours, { ...stripes, refunds: [] }],
    ["refund-at-stripe", ours, { ...stripes, refunds: [{ ...booked, amount: 901 }] }],
    ["refund-at-stripe", ours, { ...stripes, refunds: [{ ...booked, status: "failed" }] }],
    ["refund-is-ours", { ...ours, refunds: [] }, stripes],
    [
      "refund-made-once",
      { ...ours, refunds: [given, { ...given, id: "0197-other", stripeRefundId: "re_2" }] },
      { ...stripes, refunds: [booked, { ...booked, stripeRefundId: "re_2" }] },
    ],
  ])("%s", (invariant, one, other) => {
    expect(named(one, other)).toEqual([invariant]);
    expect(LEDGER_INVARIANTS.some(({ name }) => name === invariant)).toBe(true);
  });
});

test.each([
  ["from the Dashboard", null, "succeeded"],
  ["made anew after one that failed", "0197-refund", "failed"],
])("two refunds of one payment are none too many: %s", (_case, refundId, status) => {
  const first = { ...given, status };
  const second = { ...given, id: "0197-other", stripeRefundId: "re_2" };
  const books = [
    { ...booked, refundId, status },
    { ...booked, refundId, stripeRefundId: "re_2" },
  ];
  expect(compareLedger({ ...ours, refunds: [first, second] }, { ...stripes, refunds: books })).toEqual([]);
});

test("a payment that went back whole needs no order", () => {
  const back = { ...booked, amount: 4900 };
  expect(compareLedger({ ...ours, payments: [], refunds: [] }, { ...stripes, refunds: [back] })).toEqual([]);
  const failed = { ...back, status: "failed" };
  expect(
    compareLedger({ ...ours, payments: [], refunds: [] }, { ...stripes, refunds: [failed] }),
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

test("a dispute that we do not know, or that stands otherwise here, is noticed; one of another program is not", () => {
  expect(named({ ...ours, disputes: [] }, stripes)).toEqual(["dispute-is-known"]);
  const lost = { ...wanted, stripeStatus: "lost" };
  expect(named(ours, { ...stripes, disputes: [lost] })).toEqual(["dispute-is-known"]);
  const foreign = { ...wanted, stripeDisputeId: "dp_2", paymentIntentId: "pi_of_somebody" };
  expect(named(ours, { ...stripes, disputes: [wanted, foreign] })).toEqual([]);
});
