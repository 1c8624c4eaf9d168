import { describe, expect, test } from "vitest";
import { describeDecline, describePaymentMethod, describeStatus } from "@/lib/orders/describe-order";
import { ORDER_TRANSITIONS, type OrderStatus } from "@/lib/orders/order-status";

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
  expect(describePaymentMethod("amex 0005")).toBe("American Express ending 0005");
  expect(describePaymentMethod("sepa_debit")).toBe("SEPA direct debit");
  expect(describePaymentMethod("us_bank_account")).toBe("US bank account");
  expect(describePaymentMethod("some_new_way")).toBe("Some new way");
  expect(describePaymentMethod("constructor")).toBe("Constructor");
  expect(describePaymentMethod(null)).toBeNull();
});

test("why a payment was refused is said in words, never by a code, and of a bank account as of a card", () => {
  expect(describeDecline("insufficient_funds")).toBe(
    "There was not enough money for it. Nothing was charged.",
  );
  for (const reason of ["toString", "some_new_code", null, 7]) {
    expect(describeDecline(reason)).toBe("The bank refused the payment. Nothing was charged.");
  }
});
