import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditEntries } from "@/db/schema/audit";
import { refunds } from "@/db/schema/orders";
import { REFUND_WITHOUT_PASSWORD } from "@/lib/desk/refund-limit";
import type { OrderId } from "@/lib/ids";
import { minor } from "@/lib/money";
import { actionId } from "./actions";
import { watchChanges } from "./changes";
import { makeStaff } from "./make-staff";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { addRequest, listCourses, makePerson, PASSWORD, sell } from "./world";

const LIMIT = REFUND_WITHOUT_PASSWORD * 100;

type Sold = {
  readonly order: OrderId;
  /** Posts the call of a signed-in admin's page that gives this amount back. */
  readonly giveBack: (fields: { readonly amount?: number; readonly password?: string }) => Promise<string>;
};

let shop: BuiltShop;
let admin: Visitor;
beforeAll(async () => {
  shop = await startBuiltShop();
});
afterAll(() => shop?.close());

const ways: Readonly<Record<string, (amount: number) => Promise<Sold>>> = {
  refundSaleAction: async (amount) => {
    const order = await sell(
      shop,
      (await makePerson(shop, "Buyer")).userId,
      await courseAt(amount),
      "completed",
    );
    return {
      order: order.id,
      giveBack: (sent) =>
        act("refundSaleAction", `/admin/orders/${order.orderNumber}`, {
          order: order.id,
          refund: randomUUID(),
          kind: "whole",
          reason: "requested_by_customer",
          ...asFields({ amount, ...sent }),
        }),
    };
  },
  approveRequestAction: async (amount) => {
    const asked = await addRequest(shop, (await makePerson(shop, "Buyer")).userId, await courseAt(amount));
    return {
      order: asked.orderId,
      giveBack: (sent) =>
        act("approveRequestAction", `/admin/refund-requests/${asked.id}`, {
          request: asked.id,
          ...asFields({ amount, ...sent }),
        }),
    };
  },
};

/** A course on sale, at a price of this test's. */
async function courseAt(amount: number) {
  const [course] = await listCourses(shop, { free: false });
  if (!course) throw new Error("no course");
  return { ...course, priceAmount: minor(amount) };
}

const asFields = (sent: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)]));

async function act(name: string, path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  return (await admin.act(actionId(name), path, fields)).body;
}

const listRefunds = (order: OrderId) =>
  shop.db.select({ amount: refunds.amount }).from(refunds).where(eq(refunds.orderId, order));

for (const [name, sellAt] of Object.entries(ways)) {
  it(`${name} asks for the password above the limit, and takes only the right one`, async () => {
    admin = await makeStaff(shop, "admin");
    const sold = await sellAt(LIMIT + 1);
    const changes = await watchChanges(shop);
    const logged = await shop.db.$count(auditEntries);
    for (const sent of [{}, { password: "" }, { password: `${PASSWORD}!` }])
      expect(await sold.giveBack(sent), JSON.stringify(sent)).toContain('"code":"wrong_password"');
    // A smaller amount than the one that would go back gets past the question, and then no further.
    expect(await sold.giveBack({ amount: 1 })).toContain('"code":"changed_meanwhile"');
    // The tries are counted; no money moves.
    expect((await changes()).map((key) => key.split(" of ")[0])).toEqual(["rate_limits"]);
    expect(await shop.db.$count(auditEntries)).toBe(logged);
    expect(await listRefunds(sold.order)).toEqual([]);

    expect(await sold.giveBack({ password: PASSWORD })).toContain('"ok":true');
    expect(await listRefunds(sold.order)).toEqual([{ amount: LIMIT + 1 }]);
    expect(await shop.db.$count(auditEntries)).toBe(logged + 1);
  });

  it(`${name} asks for none up to the limit`, async () => {
    admin = await makeStaff(shop, "admin");
    const sold = await sellAt(LIMIT);
    expect(await sold.giveBack({})).toContain('"ok":true');
    expect(await listRefunds(sold.order)).toEqual([{ amount: LIMIT }]);
  });
}
