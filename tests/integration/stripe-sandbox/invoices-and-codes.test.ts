import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenSandbox, openSandbox, refusal, sessionParams } from "./open-sandbox";

let sandbox: OpenSandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

describe("invoices", () => {
  test("a paid session makes one, with its tax, discount and payment", async () => {
    const { stripe } = sandbox;
    const coupon = await stripe.coupons.create({ amount_off: 900, currency: "usd", duration: "once" });
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, {
        automatic_tax: { enabled: true },
        discounts: [{ coupon: coupon.id }],
        invoice_creation: { enabled: true, invoice_data: { footer: "Thank you.", metadata: { order: "7" } } },
      }),
    );
    expect(session).toMatchObject({ invoice: null, customer_creation: "always" });
    await sandbox.control.pay(session.id, { country: "DE", email: "mira@example.com", name: "Mira Vale" });
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
    expect(paid.invoice).toMatchObject({
      status: "paid",
      number: "SANDBOX-0001",
      customer: paid.customer,
      customer_email: "mira@example.com",
      metadata: { order: "7" },
      subtotal: 4900,
      total: 4760,
      total_excluding_tax: 4000,
      total_discount_amounts: [{ amount: 900 }],
      total_taxes: [{ amount: 760, taxable_amount: 4000, tax_behavior: "exclusive" }],
      lines: { data: [{ amount: 4900, description: "Async Python", taxes: [{ amount: 760 }] }] },
    });
    const id = typeof paid.invoice === "object" ? (paid.invoice?.id ?? "") : "";
    const whole = await stripe.invoices.retrieve(id, { expand: ["payments", "customer"] });
    expect(whole.payments?.data).toMatchObject([
      { amount_paid: 4760, payment: { payment_intent: paid.payment_intent } },
    ]);
    expect((await stripe.invoices.listLineItems(id)).data).toHaveLength(1);
    const { data } = await stripe.invoicePayments.list({ invoice: id });
    expect(data[0]).toMatchObject({ invoice: id, status: "paid" });
    await sandbox.control.idle();
    expect(sandbox.hook.types()).toEqual(expect.arrayContaining(["invoice.created", "invoice.paid"]));
    const page = await (await fetch(whole.hosted_invoice_url ?? "")).text();
    for (const text of ["SANDBOX-0001", "VAT 19%", "$47.60", "Thank you."]) expect(page).toContain(text);
  });

  test("a bank debit is invoiced when the money has come, and not when it does not", async () => {
    const { stripe, control } = sandbox;
    const make = () =>
      stripe.checkout.sessions.create(sessionParams(4900, { invoice_creation: { enabled: true } }));
    const [good, bad] = [await make(), await make()];
    const one = await control.pay(good.id, { debit: "waits" });
    const two = await control.pay(bad.id, { debit: "waits" });
    expect((await stripe.checkout.sessions.retrieve(good.id)).invoice).toBeNull();
    await control.settle(one.payment_intent ?? "");
    await control.settle(two.payment_intent ?? "", "account_closed");
    expect((await stripe.checkout.sessions.retrieve(good.id)).invoice).toMatch(/^in_/);
    expect((await stripe.invoices.list()).data).toHaveLength(1);
  });
});

describe("promotion codes", () => {
  async function makeCode(more: object = {}, coupon: object = { percent_off: 20 }) {
    const made = await sandbox.stripe.coupons.create({ duration: "once", ...coupon });
    return sandbox.stripe.promotionCodes.create({
      code: "NOVEMBER",
      promotion: { type: "coupon", coupon: made.id },
      ...more,
    });
  }

  test("reduce a session and count their use once it is paid", async () => {
    const { stripe } = sandbox;
    const code = await makeCode({ max_redemptions: 1 });
    const session = await stripe.checkout.sessions.create(
      sessionParams(4900, { discounts: [{ promotion_code: code.id }] }),
    );
    expect(session).toMatchObject({
      amount_total: 3920,
      discounts: [{ promotion_code: code.id, coupon: code.promotion.coupon }],
    });
    await sandbox.control.pay(session.id);
    expect(await stripe.promotionCodes.retrieve(code.id, { expand: ["promotion.coupon"] })).toMatchObject({
      active: false,
      times_redeemed: 1,
      promotion: { coupon: { percent_off: 20, times_redeemed: 1, valid: true } },
    });
    const again = stripe.checkout.sessions.create(
      sessionParams(4900, { discounts: [{ promotion_code: code.id }] }),
    );
    expect((await refusal(again)).code).toBe("promotion_code_inactive");
  });

  test("are found by their text, switched off, and unique while active", async () => {
    const { stripe } = sandbox;
    const code = await makeCode();
    expect((await refusal(makeCode())).param).toBe("code");
    const found = await stripe.promotionCodes.list({ code: "november", active: true });
    expect(found.data.map((one) => one.id)).toEqual([code.id]);
    await stripe.promotionCodes.update(code.id, { active: false });
    expect((await stripe.promotionCodes.list({ active: true })).data).toEqual([]);
    expect((await makeCode()).active).toBe(true);
  });

  test("keep their conditions", async () => {
    const restrictions = { minimum_amount: 5000, minimum_amount_currency: "usd" };
    const code = await makeCode({ restrictions });
    const create = (amount: number) =>
      sandbox.stripe.checkout.sessions.create(
        sessionParams(amount, { discounts: [{ promotion_code: code.id }] }),
      );
    expect((await refusal(create(4900))).message).toContain("below the minimum");
    expect((await create(5000)).amount_total).toBe(4000);
  });

  test("can be typed on the payment page, with the tax of what is left", async () => {
    await makeCode();
    const session = await sandbox.stripe.checkout.sessions.create(
      sessionParams(4900, { allow_promotion_codes: true, automatic_tax: { enabled: true } }),
    );
    const type = async (text: string) =>
      fetch(`${sandbox.url}/c/pay/${session.id}/promotion`, {
        method: "POST",
        body: new URLSearchParams({ promotion_code: text }),
      });
    const wrong = await type("DECEMBER");
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain("This code is invalid.");
    expect(await (await type("november")).text()).toContain("Pay $39.20");
    await sandbox.control.pay(session.id, { country: "DE" });
    expect(await sandbox.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      amount_total: 3920 + 745,
      total_details: { amount_discount: 980, amount_tax: 745 },
    });
  });
});
