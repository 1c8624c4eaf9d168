import { describe, expect, test } from "vitest";
import { describeEvent } from "@/lib/orders/describe-event";

const facts = { currency: "usd", totalAmount: 16720, itemCount: 3, giftCount: 0, paymentMethod: "visa 4242" };

describe("a line of the timeline", () => {
  test("tells what was paid with what", () => {
    expect(describeEvent("paid", { amount: 16720 }, facts, "buyer")).toEqual({
      kind: "paid",
      title: "Paid $167.20 with Visa ending 4242",
      text: "3 courses were added to your account.",
    });
    expect(describeEvent("paid", {}, { ...facts, itemCount: 1, giftCount: 1 }, "buyer")?.text).toBe(
      "The course was added to your account. The gift goes out at once, or on the day you chose.",
    );
  });

  test("tells where a refund goes", () => {
    const refund = describeEvent("refunded", { amount: 5900 }, facts, "buyer");
    expect(refund?.title).toBe("Refund of $59.00 sent");
    expect(refund?.text).toBe("To Visa ending 4242. Banks show it within 5 to 10 working days.");
  });

  test("is left out when its type is unknown", () => {
    for (const type of ["something_new", "toString"])
      for (const reader of ["buyer", "staff"] as const)
        expect(describeEvent(type, {}, facts, reader), type).toBeNull();
  });

  test("speaks to the buyer, and to staff about the buyer", () => {
    const types = [
      ...["created", "checkout_opened", "payment_failed", "processing", "paid", "gift_sent", "gift_claimed"],
      ...["expired", "failed", "refund_requested", "refund_wished", "refund_wish_withdrawn"],
      ...["refund_wish_approved", "refund_wish_declined", "refunded", "refund_pending", "refund_failed"],
      ...["refund_refused", "refund_canceled", "dispute_inquiry", "dispute_opened", "dispute_won"],
      ...["dispute_lost", "fraud_warning", "duplicate_refunded", "amount_mismatch"],
    ];
    for (const type of types) {
      const told = describeEvent(
        type,
        { amount: 4900, title: "Async Python" },
        { ...facts, giftCount: 2 },
        "staff",
      );
      expect(`${told?.title} ${told?.text}`, type).not.toMatch(/\b(you|your|we|our|us)\b/i);
    }
    expect(describeEvent("dispute_opened", { amount: 4900 }, facts, "staff")?.title).toBe(
      "The buyer’s bank has taken $49.00 until it decides",
    );
    expect(describeEvent("fraud_warning", {}, facts, "buyer")).toBeNull();
    expect(describeEvent("dispute_inquiry", { amount: 4900 }, facts, "buyer")).toBeNull();
  });
});
