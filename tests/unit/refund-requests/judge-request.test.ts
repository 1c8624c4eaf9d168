import { describe, expect, test } from "vitest";
import type { OrderItemId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { judgeRequest, mayAsk, type RequestableOrder } from "@/lib/refund-requests/judge-request";
import { askForRefundInput, itemField } from "@/lib/refund-requests/schema";

const [first, second, free] = ["a", "b", "c"] as [OrderItemId, OrderItemId, OrderItemId];
const item = (id: OrderItemId, paid: number, held = 0) => ({
  id,
  title: `Course ${id}`,
  paidAmount: minor(paid),
  heldAmount: minor(held),
  hasSeat: true,
  hasCertificate: false,
  gift: null,
});

function requestable(
  changes: Partial<RequestableOrder> = {},
  order: Partial<RequestableOrder["order"]> = {},
) {
  return {
    order: {
      status: "completed",
      currency: "usd",
      totalAmount: minor(10_800),
      heldAmount: minor(0),
      isDisputed: false,
      coupon: null,
      items: [item(first, 4900), item(second, 5900), item(free, 0)],
      ...order,
    },
    daysSincePaid: 3,
    hasOpenRequest: false,
    requests: 0,
    ...changes,
  } satisfies RequestableOrder;
}

describe("a request for a refund", () => {
  test("of every course with something left is one for the whole order", () => {
    expect(judgeRequest(requestable(), [first, second], "changed_mind")).toMatchObject({
      ok: true,
      value: { scope: { kind: "whole" }, plan: { amount: 10_800 } },
    });
  });

  test("of one course is for what is left of it", () => {
    expect(judgeRequest(requestable(), [second], "not_expected")).toMatchObject({
      ok: true,
      value: { scope: { kind: "items", itemIds: [second] }, plan: { amount: 5_900, leftAmount: 4_900 } },
    });
  });

  test.each([
    ["changed_mind", 14, true],
    ["changed_mind", 14.1, false],
    ["not_expected", 200, false],
    ["other", 15, false],
    ["does_not_work", 200, true],
    ["charged_by_mistake", 200, true],
  ] as const)("because of %s, %s days after paying: %s", (category, daysSincePaid, isTaken) => {
    const judged = judgeRequest(requestable({ daysSincePaid }), [first], category);
    expect(judged.ok || judged.error).toBe(isTaken || "too_late");
  });

  test.each([
    ["already_open", requestable({ hasOpenRequest: true }), [first]],
    ["asked_often", requestable({ requests: 3 }), [first]],
    ["not_paid", requestable({ daysSincePaid: null }, { status: "pending" }), [first]],
    ["disputed", requestable({}, { isDisputed: true }), [first]],
    ["nothing_was_paid", requestable({}, { totalAmount: minor(0) }), [first]],
    ["nothing_left", requestable({}, { heldAmount: minor(10_800) }), [first]],
    ["item_settled", requestable(), [free]],
    ["item_settled", requestable({}, { items: [item(first, 4900, 4900), item(second, 5900)] }), [first]],
    ["unknown_item", requestable(), ["x" as OrderItemId]],
    ["unknown_item", requestable(), []],
  ] as const)("is refused as %s", (code, order, itemIds) => {
    expect(judgeRequest(order, itemIds, "does_not_work")).toEqual({ ok: false, error: code });
  });

  test("is offered where one would be taken, also late", () => {
    expect(mayAsk(requestable({ daysSincePaid: 90 }))).toBe(true);
    expect(mayAsk(requestable({ hasOpenRequest: true }))).toBe(false);
    expect(mayAsk(requestable({}, { status: "refunded", heldAmount: minor(10_800) }))).toBe(false);
  });
});

test("the form's checkboxes are read from a browser's post and from a script's values", () => {
  const id = "0197aaaa-0000-7000-8000-000000000001";
  const rest = { order: "ORD-20260131-7K3M9Q", category: "other", body: "  Words. " };
  const read = (boxes: object) => askForRefundInput.safeParse({ ...rest, ...boxes });
  expect(read({ [itemField(id)]: "on" }).data).toMatchObject({ itemIds: [id], body: "Words." });
  expect(read({ [itemField(id)]: true }).data).toMatchObject({ itemIds: [id] });
  for (const category of [undefined, null])
    expect(
      askForRefundInput.safeParse({ order: rest.order, category, [itemField(id)]: "on" }).data,
    ).toMatchObject({ category: "changed_mind", body: "" });
  for (const boxes of [{}, { [itemField(id)]: false }, { "item-x": "on" }, { [itemField(id)]: "off" }])
    expect(read(boxes).error?.issues[0]).toMatchObject({ path: ["items"] });
});
