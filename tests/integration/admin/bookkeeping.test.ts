import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disputes } from "@/db/schema/disputes";
import { users } from "@/db/schema/identity";
import { paymentAlerts, reconciliationRuns, stripeEvents } from "@/db/schema/payments";
import { raiseAlert } from "@/lib/alerts/mutations";
import { listAuditEntries, verifyAuditLog } from "@/lib/audit/queries";
import {
  clearAlert,
  compareNow,
  prunePayloads,
  repairDifference,
  retryEvent,
} from "@/lib/bookkeeping/mutations";
import {
  countUndecided,
  findEvent,
  listAlerts,
  listDisputeRows,
  listEvents,
  listRuns,
} from "@/lib/bookkeeping/queries";
import { readEventFilter } from "@/lib/bookkeeping/read-event-filter";
import { newId, type UserId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { pruneRuns } from "@/lib/reconciliation/mutations";
import { startTestShop } from "../../support/shop";
import { openCheckout, type TestShop } from "../commerce/buying";

let shop: TestShop;
let admin: UserId;
let support: UserId;
beforeAll(async () => {
  shop = await startTestShop();
  [admin, support] = [await person("admin"), await person("support")];
});
afterAll(async () => {
  expect(await verifyAuditLog(admin)).toMatchObject({ broken: null });
  await shop.close();
});

async function person(role: "admin" | "support") {
  const id = await shop.factories.learner(`The ${role}`);
  await shop.db.update(users).set({ role }).where(eq(users.id, id));
  return id;
}

const log = async (label: string) => (await listAuditEntries(admin, { begins: label }, {})).entries;

/** An order whose payment went through while none of Stripe's events came. */
async function payUnheard() {
  const learner = await shop.factories.learner();
  const course = await shop.factories.course();
  const opened = await openCheckout(shop, learner, [course.slug]);
  await shop.stripe.deliveryFault({ kind: "drop" });
  const { payment_intent: payment } = await shop.stripe.pay(opened.sessionId);
  await shop.stripe.idle();
  await shop.stripe.control("/delivery-faults", {}, "DELETE");
  return { ...opened, learner, payment: payment ?? "" };
}

/** An event as its delivery would have stored it. */
async function storeEvent(
  orderState: { readonly sessionId: string },
  changes: Partial<typeof stripeEvents.$inferInsert> = {},
) {
  const id = `evt_${newId().replaceAll("-", "")}`;
  const payload = {
    id,
    type: "checkout.session.completed",
    livemode: false,
    created: Math.floor(Date.now() / 1000),
    data: { object: { id: orderState.sessionId, object: "checkout.session" } },
  };
  await shop.db.insert(stripeEvents).values({
    id,
    type: payload.type,
    objectId: orderState.sessionId,
    livemode: false,
    payload,
    status: "quarantined",
    attempts: 1,
    lastError: "amount_mismatch",
    createdAt: new Date(),
    ...changes,
  });
  return id;
}

describe("An event that was set aside", () => {
  test("is worked on again once, with one line in the log, however often it is pressed", async () => {
    const paid = await payUnheard();
    const id = await storeEvent(paid);
    const pressed = await Promise.all([retryEvent(admin, id), retryEvent(admin, id)]);
    expect(pressed.filter((one) => one.ok)).toHaveLength(1);
    expect(pressed).toContainEqual({ ok: false, error: "settled_meanwhile" });
    expect(await shop.factories.orderById(paid.order.id)).toMatchObject({ status: "completed" });
    expect(await log(id)).toMatchObject([
      {
        action: "event.retried",
        detail: { before: { state: "quarantined" }, after: { outcome: "processed" } },
      },
    ]);
    expect(await findEvent(support, id)).toMatchObject({ state: "processed", attempts: 2, problem: null });
  });

  test("stays aside while its cause stands, and grants nothing", async () => {
    const paid = await payUnheard();
    await shop.sql`update orders set subtotal_amount = 4800, total_amount = 4800 where id = ${paid.order.id}`;
    const id = await storeEvent(paid);
    expect(await retryEvent(admin, id)).toEqual({ ok: false, error: "set_aside_again" });
    expect(await shop.factories.orderById(paid.order.id)).toMatchObject({ status: "pending" });
    expect(await findEvent(admin, id)).toMatchObject({ state: "quarantined", attempts: 2 });
    expect(await log(id)).toHaveLength(1);
  });

  test("that fails leaves the work undone, and a line that says so", async () => {
    const paid = await payUnheard();
    const id = await storeEvent(paid, { status: "received", lastError: "timeout" });
    await shop.stripe.fault({ kind: "error_500", when: "before", method: "GET", path: "/v1/**", times: 50 });
    const retried = await retryEvent(admin, id);
    await shop.stripe.control("/faults", {}, "DELETE");
    expect(retried).toEqual({ ok: false, error: "failed_again" });
    expect(await shop.factories.orderById(paid.order.id)).toMatchObject({ status: "pending" });
    expect(await log(id)).toMatchObject([{ detail: { after: { outcome: "failed" } } }]);
    expect(await retryEvent(admin, "evt_nothing")).toEqual({ ok: false, error: "unknown_event" });
  });

  test("is shown to staff only, without anything about a person", async () => {
    const id = await storeEvent(
      { sessionId: "cs_test_shownToStaff" },
      { payload: { id: "evt_x", data: { object: { customer_details: { email: "mira@example.org" } } } } },
    );
    expect(JSON.stringify(await findEvent(support, id))).not.toContain("mira");
    const learner = await shop.factories.learner();
    expect(await findEvent(learner, id)).toBeNull();
    expect((await listEvents(learner, readEventFilter({}))).rows).toEqual([]);
  });
});

describe("The list of events", () => {
  const ids = async (query: Record<string, string>) =>
    (await listEvents(admin, readEventFilter(query), {}, 10_000)).rows.map(({ id }) => id);

  test("is searched by ids and types, narrowed by state, and leaves nothing out in its pages", async () => {
    const set = await storeEvent({ sessionId: "cs_test_searched1" });
    const failing = await storeEvent(
      { sessionId: "cs_test_searched2" },
      { status: "received", type: "refund.updated" },
    );
    expect(await ids({ q: set })).toEqual([set]);
    expect(await ids({ q: "cs_test_searched2" })).toEqual([failing]);
    expect(await ids({ q: "refund." })).toContain(failing);
    expect(await ids({ state: "failing" })).toContain(failing);
    expect(await ids({ state: "quarantined" })).not.toContain(failing);
    for (const q of ["%", "_", "' or 1=1 --", "\\"]) expect(await ids({ q }), q).toEqual([]);
    const all = await ids({});
    const pages = [await listEvents(admin, readEventFilter({}), {}, 2)];
    for (let page = pages[0]; page?.older; page = pages.at(-1))
      pages.push(await listEvents(admin, readEventFilter({}), { before: page.older }, 2));
    expect(pages.flatMap((page) => page.rows.map(({ id }) => id))).toEqual(all);
  });
});

describe("The list of disputes", () => {
  const STATES = ["open", "kept", "inquiry", "lost", "open"] as const;
  /** Two of them opened in the same instant. */
  const DAYS = [1, 2, 3, 3, 4];

  async function dispute() {
    const paid = await payUnheard();
    const { payment: paymentIntentId, order } = paid;
    await shop.sql`update orders set stripe_payment_intent_id = ${paymentIntentId} where id = ${order.id}`;
    const made = await shop.db
      .insert(disputes)
      .values(
        STATES.map((state, index) => ({
          orderId: order.id,
          stripeDisputeId: `dp_${newId()}`,
          state,
          stripeStatus: "needs_response",
          reason: "fraudulent",
          amount: minor(4_900 - index),
          currency: "usd",
          respondBy: state === "open" ? new Date("2026-03-01") : null,
          openedAt: new Date(Date.UTC(2026, 0, DAYS[index])),
          closedAt: state === "kept" || state === "lost" ? new Date("2026-02-01") : null,
        })),
      )
      .returning();
    return { order, paymentIntentId, made };
  }

  test("shows each with its order, narrowed to the undecided, to staff only, and leaves nothing out", async () => {
    const { order, paymentIntentId, made } = await dispute();
    const newestFirst = made
      .toSorted((a, b) => b.openedAt.getTime() - a.openedAt.getTime() || (a.id < b.id ? 1 : -1))
      .map(({ id }) => String(id));
    for (const staff of [admin, support]) {
      const { rows } = await listDisputeRows(staff, false);
      expect(rows.map(({ id }) => id)).toEqual(newestFirst);
      expect(rows[0]).toEqual({
        id: newestFirst[0],
        orderNumber: order.orderNumber,
        paymentIntentId,
        livemode: false,
        state: "open",
        reason: "fraudulent",
        amount: 4_896,
        currency: "usd",
        respondBy: new Date("2026-03-01"),
        openedAt: new Date("2026-01-04"),
      });
      const undecided = (await listDisputeRows(staff, true)).rows.map(({ state }) => state);
      expect(undecided).toEqual(["open", "inquiry", "open"]);
      expect(await countUndecided(staff)).toBe(3);
    }
    expect(await countUndecided(await shop.factories.learner())).toBe(0);
    expect((await listDisputeRows(await shop.factories.learner(), false)).rows).toEqual([]);

    const read = (cursor: { before?: string; after?: string }) => listDisputeRows(admin, false, cursor, 2);
    const down = [await read({})];
    for (let page = down[0]; page?.older; page = down.at(-1)) down.push(await read({ before: page.older }));
    expect(down.map(({ rows }) => rows.length)).toEqual([2, 2, 1]);
    const up = down.slice(-1);
    for (let page = up[0]; page?.newer; page = up[0]) up.unshift(await read({ after: page.newer }));
    for (const pages of [down, up])
      expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(newestFirst);
  });
});

describe("An alert", () => {
  const raise = async (subject: string, kind = "fraud_warning") => {
    await raiseAlert(shop.db, { kind, subject, orderId: null, problem: "Look at it." });
    const [row] = await shop.db.select().from(paymentAlerts).where(eq(paymentAlerts.subject, subject));
    return row?.id ?? "";
  };

  test("is cleared once and stays so, with who did it", async () => {
    const id = await raise("issfr_cleared");
    const pressed = await Promise.all([clearAlert(admin, id), clearAlert(admin, id)]);
    expect(pressed.filter((one) => one.ok)).toHaveLength(1);
    expect(pressed).toContainEqual({ ok: false, error: "cleared_meanwhile" });
    await raise("issfr_cleared");
    expect((await listAlerts(support, false)).map(({ id: open }) => open)).not.toContain(id);
    expect((await listAlerts(support, true)).find((one) => one.id === id)).toMatchObject({
      clearedBy: "The admin",
    });
    expect(await log("issfr_cleared")).toHaveLength(1);
    expect(await listAlerts(await shop.factories.learner(), false)).toEqual([]);
  });

  test("about a payment that was not fulfilled is repaired, and opens again should it come back", async () => {
    const paid = await payUnheard();
    const id = await raise(paid.payment, "payment_not_fulfilled");
    expect((await listAlerts(admin, false)).find((one) => one.id === id)?.isDifference).toBe(true);
    expect(await repairDifference(admin, id)).toMatchObject({ ok: true });
    expect(await shop.factories.orderById(paid.order.id)).toMatchObject({ status: "completed" });
    expect(await repairDifference(admin, id)).toEqual({ ok: false, error: "cleared_meanwhile" });
    expect(await log(paid.payment)).toMatchObject([{ action: "difference.repaired" }]);
    await raise(paid.payment, "payment_not_fulfilled");
    expect((await listAlerts(admin, false)).map(({ id: open }) => open)).toContain(id);
  });

  test("that contradicts the order is left to a person", async () => {
    const paid = await payUnheard();
    await shop.sql`update orders set subtotal_amount = 4800, total_amount = 4800 where id = ${paid.order.id}`;
    const id = await raise(paid.payment, "payment_not_fulfilled");
    expect(await repairDifference(admin, id)).toEqual({ ok: false, error: "not_repairable" });
    expect((await listAlerts(admin, false)).map(({ id: open }) => open)).toContain(id);
    expect(await log(paid.payment)).toEqual([]);
    const lost = await raise("re_ofNoPayment", "refund_missing");
    expect(await repairDifference(admin, lost)).toEqual({ ok: false, error: "no_payment" });
  });
});

describe("A comparison", () => {
  test("that is asked for repairs what it can, and is noted with who asked", async () => {
    const paid = await payUnheard();
    expect(await compareNow(admin, 2, new Date())).toMatchObject({ ok: true });
    expect(await shop.factories.orderById(paid.order.id)).toMatchObject({ status: "completed" });
    const [run] = await listRuns(support, true);
    expect(run).toMatchObject({ hours: 2, requestedBy: "The admin", problem: null });
    expect(run?.repaired.length).toBeGreaterThan(0);
    expect(await listRuns(await shop.factories.learner(), false)).toEqual([]);
    expect((await log("Payments")).map(({ action }) => action)).toContain("books.compared");
  });

  test("that Stripe does not answer is noted as not finished", async () => {
    const before = (await listRuns(admin, false)).length;
    await shop.stripe.fault({ kind: "error_500", when: "before", method: "GET", path: "/v1/**", times: 50 });
    const compared = await compareNow(admin, 2, new Date());
    await shop.stripe.control("/faults", {}, "DELETE");
    expect(compared).toEqual({ ok: false, error: "stripe_unavailable" });
    const runs = await listRuns(admin, false);
    expect(runs).toHaveLength(before + 1);
    expect(runs[0]?.problem).toBeTruthy();
  });

  test("of last week is forgotten", async () => {
    await shop.db.execute(sql`update reconciliation_runs set started_at = now() - interval '8 days',
      finished_at = now() - interval '8 days'`);
    expect(await pruneRuns()).toBeGreaterThan(0);
    expect(await shop.db.select().from(reconciliationRuns)).toEqual([]);
  });
});

test("what an old event said is forgotten, not that it was worked, nor what it was about", async () => {
  const { order, sessionId } = await payUnheard();
  const payload = {
    id: "evt_old",
    type: "checkout.session.completed",
    data: {
      object: {
        id: sessionId,
        customer_details: { email: "old@example.test" },
        metadata: { order_id: order.id },
      },
    },
  };
  const old = { createdAt: new Date(), receivedAt: new Date(Date.now() - 121 * 86_400_000), payload };
  const worked = await storeEvent({ sessionId }, { ...old, status: "processed", lastError: null });
  const waiting = await storeEvent({ sessionId }, { ...old, status: "quarantined" });
  const young = await storeEvent({ sessionId }, { payload, status: "processed", lastError: null });
  expect(await prunePayloads()).toBe(1);
  expect(await prunePayloads()).toBe(0);
  const kept =
    await shop.sql`select id, payload::text as text from stripe_events where id in ${shop.sql([worked, waiting, young])}`;
  const named = kept.filter(({ text }) => text.includes("old@example.test")).map(({ id }) => id);
  expect(named.toSorted()).toEqual([waiting, young].toSorted());
  expect((await findEvent(admin, worked))?.orderNumber).toBe(order.orderNumber);
});
