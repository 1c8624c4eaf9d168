/** One guard of the shop, taken away. The simulation has to notice. */
export type Sabotage = {
  readonly name: string;
  /** Text of a source, which must be there once, and what stands there instead. */
  readonly edits?: readonly { readonly file: string; readonly text: string; readonly instead: string }[];
  /** What is taken out of the database. */
  readonly sql?: string;
  /** Operations and faults, by their names, that meet the guard; they come more often. */
  readonly focus: string;
};

const CLIENT = "db/client.ts";
const TOGETHER = "db/commit-together.ts";
const CHECKOUT = "lib/checkout/mutations.ts";
const COUPONS = "lib/coupons/mutations.ts";
const EVENTS = "lib/payments/mutations.ts";
const FULFILMENT = "lib/fulfillment/mutations.ts";
const ORDERS = "lib/orders/mutations.ts";
const REFUNDS = "lib/refunds/mutations.ts";
const SEATS = "lib/enrollments/mutations.ts";
const STRIPE = "lib/payments/stripe.ts";

function edit(name: string, focus: string, file: string, text: string, instead: string): Sabotage {
  return { name, focus, edits: [{ file, text, instead }] };
}

export const SABOTAGES: readonly Sabotage[] = [
  edit(
    "coupon row lock",
    "last use|pay by",
    COUPONS,
    `    .where(eq(coupons.id, use.couponId))\n    .for("no key update");`,
    "    .where(eq(coupons.id, use.couponId));",
  ),
  {
    name: "coupon limit, in code and constraint",
    focus: "last use|pay",
    sql: "alter table coupons drop constraint coupons_uses",
    edits: [
      {
        file: COUPONS,
        text: `    .where(eq(coupons.id, use.couponId))\n    .for("no key update");`,
        instead: "    .where(eq(coupons.id, use.couponId));",
      },
    ],
  },
  {
    // Two hold it: an order expires once, and a use that was given back is not reserved any more. Either alone is enough.
    name: "a use given back once, by the order and by its use",
    focus: "expire|last use|two tabs",
    edits: [
      {
        file: ORDERS,
        text: "  if (moved) {\n    await releaseReservation(tx, orderId);",
        instead: "  await releaseReservation(tx, orderId);\n  if (moved) {",
      },
      {
        file: COUPONS,
        text: `.where(and(eq(couponRedemptions.orderId, orderId), eq(couponRedemptions.status, "reserved")))\n    .returning({ couponId: couponRedemptions.couponId });`,
        instead:
          ".where(eq(couponRedemptions.orderId, orderId))\n    .returning({ couponId: couponRedemptions.couponId });",
      },
    ],
  },
  edit("event worked once", "deliver|K10|pay", EVENTS, "\n      where known.status <> 'processed'", ""),
  edit(
    "event marked with its work",
    "K6|K7|K8|K18|cut_before|deliver|buy at once",
    EVENTS,
    `    if (!(await claimEvent(tx, event))) return "repeated";`,
    `    if (!(await withTransaction((first) => claimEvent(first, event)))) return "repeated";`,
  ),
  edit(
    "a failed event answered 500",
    "cut_before|cut_in|K99|deliver|pay|refund in",
    "app/api/stripe/webhook/route.ts",
    `{ error: "not_processed" }, { status: 500 }`,
    `{ outcome: "failed" }, { status: 200 }`,
  ),
  {
    name: "status moved only from where it may",
    focus: "deliver|expire|pay|settle",
    edits: [
      { file: ORDERS, text: ", inArray(orders.status, [...from]), also))", instead: ", also))" },
      {
        file: ORDERS,
        text: [" and $", "{inArray(orders.status, [...statesBefore(to)])}"].join(""),
        instead: "",
      },
    ],
  },
  edit(
    "order row lock",
    "come back|pay|deliver|reload|admins",
    ORDERS,
    "\n    for no key update of orders`,",
    "`,",
  ),
  edit(
    "amount compared with the order",
    "forged|check out$|^pay$",
    "lib/payments/checkout-facts.ts",
    `  if (facts.totalAmount !== order.subtotalAmount - order.discountAmount + taxAmount) return "total";\n`,
    "",
  ),
  {
    // Two hold it: pressed again with the same key Stripe answers the same session, and one that is not the first stored is closed.
    name: "one session of an order, by its key and by the first that is stored",
    focus: "check out|two tabs|buy at once|stripe|K3|^pay$",
    edits: [
      { file: STRIPE, text: "        { idempotencyKey: key },\n", instead: "" },
      {
        file: CHECKOUT,
        text: ", hasNoOtherSession(sessionId)",
        instead: "",
      },
    ],
  },
  edit(
    "idempotency key of a refund",
    "buy at once|refund an order|send refunds",
    "lib/payments/money-back.ts",
    [
      "          refund.attempt === 1 ? `refund:$",
      "{refund.id}` : `refund:$",
      "{refund.id}:$",
      "{refund.attempt}`,",
    ].join(""),
    "          crypto.randomUUID(),",
  ),
  edit(
    "refund looked up before it is made again",
    "buy at once|refund an order|send refunds|a day goes by|K14",
    REFUNDS,
    "    if (made) return made;\n",
    "",
  ),
  edit(
    "one active seat per course",
    "buy at once|buy again|settle",
    SEATS,
    "\n  on conflict (user_id, course_id) where status = 'active' do nothing",
    "",
  ),
  edit(
    "an open dispute suspends the seats",
    "dispute",
    SEATS,
    `suspendedAt: dispute === "none" ? null : since,`,
    "suspendedAt: null,",
  ),
  edit(
    "invoice issued with the sale",
    "pay|buy at once",
    "lib/documents/mutations.ts",
    "  sendWithCommit(tx, () => issueAsInvoice(tx, data, ids));\n",
    "  void [data, ids];\n",
  ),
  edit(
    "disputes heard of",
    "dispute",
    "lib/payments/webhook.ts",
    "() => applyDisputes(tx, facts.orderId, [dispute])",
    "async () => void dispute",
  ),
  edit(
    "second payment of a course goes back",
    "buy again|settle",
    FULFILMENT,
    "if (unseated.length > 0)",
    "if (unseated.length > 99)",
  ),
  edit(
    "late payment of an expired order honoured",
    "over|K3|buy at once|check out",
    "lib/orders/order-status.ts",
    `  expired: ["processing", "completed"],`,
    "  expired: [],",
  ),
  edit(
    "refunds held under the order's lock",
    "refund|admins|pay|deliver",
    REFUNDS,
    "  await insertShares(tx, refundId, shares);\n  await holdRefunds(tx, orderId);\n",
    "  await insertShares(tx, refundId, shares);\n",
  ),
  {
    name: "refund cap",
    focus: "refund|admins|pay|deliver",
    sql: "alter table orders drop constraint orders_refund_cap",
    edits: [
      {
        file: ORDERS,
        text: "\n    for no key update of orders`,",
        instead: "`,",
      },
    ],
  },
  edit(
    "retry of 40001 and 40P01",
    "serialization|deadlock",
    CLIENT,
    "attempt >= TRANSACTION_ATTEMPTS ||",
    "attempt >= 1 ||",
  ),
  edit(
    "nobody fails for another of the group",
    "crowd|sales at once|cut_in|cut_before",
    TOGETHER,
    "    if (group.length > 1) {",
    "    if (group.length > 99) {",
  ),
  edit(
    "key of a mail",
    "mail|K12|pay",
    "lib/notifications/mutations.ts",
    "...rendered.value, attachments }, email.id);",
    "...rendered.value, attachments }, crypto.randomUUID());",
  ),
  edit(
    "cart locked while it is ordered",
    "two tabs|check out|add",
    "lib/cart/queries.ts",
    `    .where(ownedBy(owner))\n    .for("no key update", { of: carts });`,
    "    .where(ownedBy(owner));",
  ),
  {
    name: "confirmation queued with the order",
    focus: "K10|buy at once|deliver|kill.anywhere",
    edits: [
      {
        file: FULFILMENT,
        text: "import type { Transaction }",
        instead: "import { db, type Transaction }",
      },
      {
        file: FULFILMENT,
        text: "import type { EmailPayload }",
        instead: 'import { queueEmail } from "@/lib/notifications/mutations";\nimport type { EmailPayload }',
      },
      {
        file: FULFILMENT,
        text: "    mailed: emailStatement(",
        instead: "    unmailed: true ? sql`select 1 as nothing where false` : emailStatement(",
      },
      {
        file: FULFILMENT,
        text: "  const done = answer as Granted;\n",
        instead: [
          "  const done = answer as Granted;\n  const mail = { kind: 'order_confirmation' as const, subjectId: order.id,",
          " userId: order.userId, toAddress: order.buyer.email, payload: confirmation(order) };\n",
          "  Object.assign(tx, { afterwards: () => queueEmail(db(), mail) });\n",
        ].join(""),
      },
      {
        file: CLIENT,
        text: "  const result = await db().transaction(async (tx) => {\n",
        instead:
          "  let done = {};\n  const result = await db().transaction(async (tx) => {\n    done = tx;\n",
      },
      {
        file: CLIENT,
        text: "  await last;\n",
        instead: "  await last;\n  await (done as { afterwards?: () => unknown }).afterwards?.();\n",
      },
    ],
  },
  edit(
    "old session closed before a new order",
    "check out|two tabs|pay|add|coupon",
    CHECKOUT,
    "    if (!stands) await closeOrder(order.id, order.sessionId);\n",
    "    void stands;\n",
  ),
  {
    // A buyer who is sent to the page of a closed order and pays there gets the courses all the same: that alone is enough.
    name: "session stored on a pending order only, and its late payment honoured",
    focus: "buy in two tabs|check out|two tabs|over",
    edits: [
      {
        file: CHECKOUT,
        text: `and(eq(orders.status, "pending"), hasNoOtherSession(sessionId))`,
        instead: "undefined",
      },
      {
        file: "lib/orders/order-status.ts",
        text: `  expired: ["processing", "completed"],`,
        instead: "  expired: [],",
      },
    ],
  },
];
