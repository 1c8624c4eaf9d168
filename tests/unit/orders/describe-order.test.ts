import { describe, expect, test } from "vitest";
import {
  describeDecline,
  describeEvent,
  describePaymentMethod,
  describeStatus,
} from "@/lib/orders/describe-order";
import { ORDER_TRANSITIONS, type OrderStatus } from "@/lib/orders/order-status";

const facts = { currency: "usd", totalAmount: 16720, itemCount: 3, giftCount: 0, paymentMethod: "visa 4242" };

describe("an order's status", () => {
  test("has words for every state, and none of them is the database's", () => {
    for (const status of Object.keys(ORDER_TRANSITIONS) as OrderStatus[]) {
      const { words } = describeStatus({ status, currency: "usd", totalAmount: 100, refundedAmount: 0 });
      expect(words).toMatch(/^[A-Z]/);
      expect(words).not.toContain("_");
    }
  });

  test("says how much went back, and that nothing was to pay", () => {
    const order = { currency: "usd", totalAmount: 4900, refundedAmount: 2000 };
    expect(describeStatus({ ...order, status: "partially_refunded" }).words).toBe("Part refunded $20.00");
    expect(describeStatus({ ...order, status: "completed", totalAmount: 0 }).words).toBe("Nothing to pay");
  });
});

test("a means of payment is named as on a statement", () => {
  expect(describePaymentMethod("visa 4242")).toBe("Visa ending 4242");
  expect(describePaymentMethod("american_express 0005")).toBe("American express ending 0005");
  expect(describePaymentMethod("sepa_debit")).toBe("Sepa debit");
  expect(describePaymentMethod(null)).toBeNull();
});

describe("a line of the timeline", () => {
  test("tells what was paid with what", () => {
    expect(describeEvent("paid", { amount: 16720 }, facts)).toEqual({
      kind: "paid",
      title: "Paid $167.20 with Visa ending 4242",
      text: "3 courses were added to your account.",
    });
    expect(describeEvent("paid", {}, { ...facts, itemCount: 1, giftCount: 1 })?.text).toBe(
      "The course was added to your account. The gift goes out at once, or on the day you chose.",
    );
  });

  test("tells why a card was refused, and never shows a code", () => {
    expect(describeEvent("payment_failed", { reason: "insufficient_funds" }, facts)?.text).toContain(
      "not enough money",
    );
    for (const reason of ["toString", "some_new_code", null, 7]) {
      expect(describeDecline(reason)).toBe("The bank refused the card. Nothing was charged.");
    }
  });

  test("tells where a refund goes", () => {
    const refund = describeEvent("refunded", { amount: 5900 }, facts);
    expect(refund?.title).toBe("Refund of $59.00 sent");
    expect(refund?.text).toBe("To Visa ending 4242. Banks show it within 5 to 10 working days.");
  });

  test("is left out when its type is unknown", () => {
    expect(describeEvent("something_new", {}, facts)).toBeNull();
  });
});
