import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import SuccessPage from "@/app/(buy)/checkout/success/page";
import { POST as receiveWebhook } from "@/app/api/stripe/webhook/route";
import { stripeEvents } from "@/db/schema/payments";
import { confirmCheckout } from "@/lib/checkout/mutations";
import type { UserId } from "@/lib/ids";
import { workEvent } from "@/lib/payments/mutations";
import { startTestShop } from "../../support/shop";
import { fillCart, openCheckout, pressCheckout, type TestShop } from "./buying";

const visitor = vi.hoisted(() => ({ userId: "" }));
vi.mock("@/lib/identity/session", () => ({
  requireViewer: async () => ({ userId: visitor.userId, name: "Learner", email: "learner@example.test" }),
}));

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());

describe("the page after paying", () => {
  const open = async (userId: UserId, params: Record<string, string>) => {
    visitor.userId = userId;
    return SuccessPage({ params: Promise.resolve({}), searchParams: Promise.resolve(params) });
  };

  test("thanks nobody for a payment that failed, ran out or went back: the order itself tells", async () => {
    const learner = await shop.factories.learner();
    const { order } = await openCheckout(shop, learner, [(await shop.factories.course()).slug]);
    for (const status of ["failed", "expired"]) {
      await shop.sql`update orders set status = ${status} where id = ${order.id}`;
      await expect(open(learner, { order: order.orderNumber })).rejects.toMatchObject({
        digest: expect.stringContaining(`/account/orders/${order.orderNumber}`),
      });
    }
    await shop.sql`update orders set status = 'refunded', paid_at = now() where id = ${order.id}`;
    await expect(open(learner, { order: order.orderNumber })).rejects.toMatchObject({
      digest: expect.stringContaining(`/account/orders/${order.orderNumber}`),
    });
  });

  test("a session id that is none finds nothing", async () => {
    const learner = await shop.factories.learner();
    for (const id of ["\0", "cs_test_\0", "' or 1=1", "x".repeat(10_000)])
      expect(await confirmCheckout(learner, id)).toBeNull();
  });
});

describe("the webhook's door", () => {
  test("a body without a length is not read to its end", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        if (sent > 20_000_000) controller.close();
        else controller.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
    const request = new Request("http://localhost/api/stripe/webhook", {
      method: "POST",
      headers: { "stripe-signature": "t=1,v1=x" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect((await receiveWebhook(request)).status).toBe(400);
    expect(sent).toBeLessThan(2_000_000);
  });

  test("an event that was set aside is worked when a person sends it again, one that was processed is not", async () => {
    const event = { id: "evt_again", type: "x", livemode: false, created: 1, data: { object: {} } };
    expect(await workEvent(event, async () => "malformed_session")).toEqual({
      quarantined: "malformed_session",
    });
    expect(await workEvent(event, async () => "malformed_session")).toEqual({
      quarantined: "malformed_session",
    });
    expect(await workEvent(event, async () => undefined)).toBe("processed");
    expect(await workEvent(event, async () => "malformed_session")).toBe("repeated");
    const [row] = await shop.db.select().from(stripeEvents).where(eq(stripeEvents.id, event.id));
    expect(row).toMatchObject({ status: "processed", attempts: 3, lastError: null });
  });
});

describe("a slow Stripe", () => {
  test("pressed again while the session is being made: the same page, not an outage", async () => {
    const learner = await shop.factories.learner();
    await fillCart(learner, [(await shop.factories.course()).slug]);
    await shop.stripe.fault({
      kind: "slow",
      method: "POST",
      path: "/v1/checkout/sessions",
      milliseconds: 2_500,
    });
    const pressed = await Promise.all([pressCheckout(learner), pressCheckout(learner)]);
    expect(pressed[0]).toMatchObject({ ok: true, value: { kind: "pay" } });
    expect(pressed[1]).toEqual(pressed[0]);
  });
});
