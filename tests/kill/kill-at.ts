import { createConnection } from "node:net";
import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { coupons } from "@/db/schema/coupons";
import { enrollments } from "@/db/schema/learning";
import { orders } from "@/db/schema/orders";
import { findLedgerDifferences, findViolations } from "@/lib/audit/queries";
import { actionId } from "../built/actions";
import { type BuiltShop, startBuiltShop } from "../built/start-shop";
import { listCourses, makePerson, type Person } from "../built/world";
import { startPostgresProxy } from "./postgres-proxy";
import { makeTrap } from "./trap";

/** Retries as Stripe makes them, a little faster; the last ones come long after any restart. */
const RETRIES = [300, 600, 1200, 2400, 4800, 9600, 19_200];
/** While somebody starts a checkout; the other points lie behind a payment. */
const AT_CHECKOUT = ["K1", "K2", "K3", "K4", "K18"];

export type KillableShop = Awaited<ReturnType<typeof startKillableShop>>;

/** The built shop with a tap on what it says to Postgres and to Stripe, and the hand on its throat. */
export async function startKillableShop() {
  let kill = () => {};
  const trap = makeTrap(() => kill());
  let proxy: Awaited<ReturnType<typeof startPostgresProxy>> | null = null;
  const shop = await startBuiltShop({
    databaseThrough: async (url) => {
      proxy = await startPostgresProxy(url, trap.strike);
      return proxy.url;
    },
    intercept: trap.intercept,
    retryDelays: RETRIES,
  });
  kill = shop.kill;
  return {
    ...shop,
    killAt: trap.killAt,
    close: async () => {
      await shop.close();
      await proxy?.close();
    },
  };
}

type Buyer = Person & { readonly course: Awaited<ReturnType<typeof listCourses>>[number] };

/** Presses again until it works, as people do, and pays. Answers the session that the shop sent the buyer to. */
export async function buyPatiently(shop: BuiltShop, buyer: Buyer): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const sessionId = await checkOut(buyer);
      await shop.sandbox.pay(sessionId);
      return sessionId;
    } catch (error) {
      if (attempt >= 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Buyers with a course in their carts, and a coupon, so that each point is passed. */
export async function makeBuyers(shop: BuiltShop, count: number): Promise<Buyer[]> {
  const shelf = await listCourses(shop, { free: false });
  const code = `KILL${Date.now()}`;
  await shop.db
    .insert(coupons)
    .values({ code, discountType: "percentage", discountValue: 10, maxUses: count });
  const buyers: Buyer[] = [];
  for (let index = 0; index < count; index += 1) {
    const course = shelf[index % shelf.length];
    if (!course) throw new Error("the shelf is empty");
    const person = await makePerson(shop, `Buyer ${index}`.replace(" ", ""));
    await person.visitor.act(actionId("addToCartAction"), "/courses", { course: course.slug, stay: "1" });
    await person.visitor.act(actionId("applyCouponAction"), "/cart", { code });
    buyers.push({ ...person, course });
  }
  return buyers;
}

/**
 * Kills the shop at the point while these buyers check out or pay, starts it again, and lets those who had not paid go on as
 * people do; who had paid does nothing more. Each must end with one paid order and one seat, and the audit must be clean.
 */
export async function surviveKill(
  shop: KillableShop,
  name: string,
  buyers: readonly Buyer[],
): Promise<number> {
  if (!AT_CHECKOUT.includes(name)) for (const buyer of buyers) await checkOut(buyer);
  const death = shop.killAt(name);
  const under = AT_CHECKOUT.includes(name)
    ? buyers.map((buyer) => checkOut(buyer).catch(() => null))
    : buyers.map((buyer) => pay(shop, buyer));
  if (name === "K5") await dieWhileListening(shop);
  else await death;
  await Promise.all(under);
  const started = Date.now();
  await shop.startAgain();
  const servingAfter = Date.now() - started;
  for (const buyer of buyers) {
    const paid = await isPaid(shop, buyer);
    if (!AT_CHECKOUT.includes(name)) expect(paid, `${name}: what ${buyer.email} paid is not lost`).toBe(true);
    if (paid) continue;
    await checkOut(buyer);
    await pay(shop, buyer);
  }
  await shop.sandbox.idle({ retries: true });
  for (const buyer of buyers) await expectBought(shop, buyer);
  await expectBooksInOrder();
  return servingAfter;
}

/** Our books by themselves, and against those of the sandbox. */
export async function expectBooksInOrder(): Promise<void> {
  expect(await findViolations()).toEqual([]);
  expect(await findLedgerDifferences(0)).toEqual([]);
}

/** Presses the button; the order's session is open afterwards. */
async function checkOut(buyer: Buyer): Promise<string> {
  const { body } = await buyer.visitor.send("/cart");
  const total = /name="total" value="(\d+)"/.exec(body)?.[1];
  if (!total) throw new Error(`the cart of ${buyer.email} shows no total`);
  const answer = await buyer.visitor.submit(actionId("startCheckoutAction"), "/cart", { total });
  if (answer.status !== 303 || !answer.headers.location?.includes("cs_test"))
    throw new Error(`checkout answered ${answer.status} to ${answer.headers.location}`);
  return /cs_test_\w+/.exec(answer.headers.location)?.[0] ?? "";
}

async function pay(shop: BuiltShop, buyer: Buyer): Promise<void> {
  const [order] = await shop.db
    .select({ sessionId: orders.stripeCheckoutSessionId })
    .from(orders)
    .where(and(eq(orders.userId, buyer.userId), eq(orders.status, "pending")));
  if (order?.sessionId) await shop.sandbox.pay(order.sessionId);
}

async function isPaid(shop: BuiltShop, buyer: Buyer): Promise<boolean> {
  await shop.sandbox.idle({ retries: true });
  const paid = await shop.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.userId, buyer.userId), eq(orders.status, "completed")));
  return paid.length > 0;
}

export async function expectBought(shop: BuiltShop, buyer: Buyer): Promise<void> {
  const paid = await shop.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.userId, buyer.userId), eq(orders.status, "completed")));
  const seats = await shop.db
    .select({ id: enrollments.id })
    .from(enrollments)
    .where(and(eq(enrollments.userId, buyer.userId), eq(enrollments.courseId, buyer.course.id)));
  expect({ orders: paid.length, seats: seats.length }).toEqual({ orders: 1, seats: 1 });
}

/** Half a webhook has come, nothing of it is verified, and the process dies. */
async function dieWhileListening(shop: KillableShop): Promise<void> {
  const { hostname, port } = new URL(shop.origin);
  const socket = createConnection(Number(port), hostname);
  socket.on("error", () => {});
  const head = [
    "POST /api/stripe/webhook HTTP/1.1",
    `host: ${hostname}:${port}`,
    "stripe-signature: t=1,v1=0",
    "content-length: 4000",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n{"id":`);
  await new Promise((resolve) => setTimeout(resolve, 30));
  shop.kill();
  socket.destroy();
}
