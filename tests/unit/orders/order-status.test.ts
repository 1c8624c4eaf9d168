import fc from "fast-check";
import { expect, test } from "vitest";
import {
  canMove,
  isPaid,
  ORDER_TRANSITIONS,
  type OrderStatus,
  statesBefore,
} from "@/lib/orders/order-status";

const states = Object.keys(ORDER_TRANSITIONS) as OrderStatus[];

test("the states before a state are exactly those that may move to it", () => {
  for (const to of states) {
    for (const from of states) expect(statesBefore(to).includes(from)).toBe(canMove(from, to));
  }
});

test("once paid, an order never counts as unpaid again, on whatever legal path", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...states), { maxLength: 12 }), (wishes) => {
      let status: OrderStatus = "pending";
      let paid = false;
      for (const wish of wishes) {
        if (canMove(status, wish)) status = wish;
        paid ||= isPaid(status);
        expect(isPaid(status)).toBe(paid);
      }
    }),
  );
});

test("money that arrives after the order expired or failed is still honoured", () => {
  expect(canMove("expired", "completed")).toBe(true);
  expect(canMove("failed", "completed")).toBe(true);
});
