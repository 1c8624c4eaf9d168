import { describe, expect, test } from "vitest";
import { renderEmail } from "@/lib/notifications/templates/render-email";

const order = {
  name: "Ada",
  orderNumber: "ORD-20260131-7K3M9Q",
  currency: "usd",
  items: [{ title: "Joins and windows", slug: "joins-and-windows", priceAmount: 4900, netAmount: 3920 }],
  subtotalAmount: 4900,
  discountAmount: 980,
  taxAmount: 0,
  totalAmount: 3920,
  couponCode: "SPRING20",
};

async function write(kind: string, payload: unknown) {
  const rendered = await renderEmail(kind, payload);
  if (!rendered.ok) throw new Error(rendered.error);
  return rendered.value;
}

describe("a letter", () => {
  test("says what was bought and what it cost, in HTML and in plain text", async () => {
    const { subject, html, text } = await write("order_confirmation", order);
    expect(subject).toBe("Your order ORD-20260131-7K3M9Q");
    for (const part of [
      "Joins and windows",
      "$49.00",
      "−$9.80",
      "SPRING20",
      "$39.20",
      "/account/orders/ORD-20260131-7K3M9Q",
    ]) {
      expect(html).toContain(part);
      expect(text).toContain(part);
    }
  });

  test("keeps an amount on the line of what it is for, in plain text too", async () => {
    const { text } = await write("order_confirmation", order);
    for (const line of [/^Joins and windows +\$49\.00$/m, /^Subtotal +\$49\.00$/m, /^Total +\$39\.20$/m])
      expect(text).toMatch(line);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("shows amounts in the exponent of their currency", async () => {
    const yen = { ...order, currency: "jpy", discountAmount: 0, totalAmount: 4900, couponCode: null };
    expect((await write("order_confirmation", yen)).text).toContain("¥4,900");
  });

  test("keeps names and titles inert, and the subject one line", async () => {
    const hostile = `<img src=x onerror=alert(1)>\r\nBcc: victim@example.org`;
    const { subject, html } = await write("enrollment_welcome", { name: hostile, title: hostile, slug: "a" });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toContain("<img");
  });

  test("fetches nothing: no picture, font, style sheet or script", async () => {
    const refund = {
      name: "Ada",
      orderNumber: "ORD-1",
      currency: "usd",
      items: [{ title: "A", refundAmount: 1 }],
      refundAmount: 1,
    };
    const letters = [await write("order_confirmation", order), await write("duplicate_refund", refund)];
    for (const { html } of letters) expect(html).not.toMatch(/<img|<script|<link|@import|url\(|@font-face/i);
  });
});

test("an unknown kind and a payload of another shape are refused by name", async () => {
  expect(await renderEmail("toString", {})).toEqual({ ok: false, error: "unknown kind toString" });
  expect(await renderEmail("order_confirmation", { ...order, totalAmount: 1.5 })).toEqual({
    ok: false,
    error: "totalAmount",
  });
});
