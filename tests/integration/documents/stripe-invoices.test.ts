import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmCheckout } from "@/lib/checkout/mutations";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";

process.env.STRIPE_INVOICES = "on";
const { StripeInvoices } = await import("@/components/billing/stripe-invoices");
const { findStripeCustomer } = await import("@/lib/payments/queries");
const { listStripeInvoices } = await import("@/lib/payments/stripe-invoices");

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

test("with STRIPE_INVOICES on, what Stripe invoiced is found at Stripe, and nothing waits for it when it is down", async () => {
  const learner = await shop.factories.learner();
  const shown = async () => renderToStaticMarkup(await StripeInvoices({ userId: learner }));
  expect(await findStripeCustomer(learner)).toBeNull();
  expect(await shown()).toContain("Stripe has made none so far.");
  const { sessionId } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
  await shop.stripe.pay(sessionId);
  await shop.stripe.idle();
  await confirmCheckout(learner, sessionId);
  const customer = (await findStripeCustomer(learner)) ?? "";
  const [invoice, ...others] = (await listStripeInvoices(customer)) ?? [];
  expect(others).toEqual([]);
  expect(invoice).toMatchObject({ totalAmount: 4900, currency: "usd", number: expect.any(String) });
  const page = await fetch(invoice?.url ?? "");
  expect(page.status).toBe(200);
  for (const part of [`href="${invoice?.url}"`, String(invoice?.number), "$49.00"])
    expect(await shown()).toContain(part);
  expect(await listStripeInvoices("cus_unknown")).toEqual([]);
  await shop.stripe.fault({ path: "/v1/invoices", kind: "error_500", times: 10 });
  expect(await listStripeInvoices(customer)).toBeNull();
  expect(await shown()).toContain("Stripe is not answering right now.");
});
