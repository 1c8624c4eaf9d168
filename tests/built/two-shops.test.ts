import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrollments } from "@/db/schema/learning";
import { orders } from "@/db/schema/orders";
import { findViolations } from "@/lib/audit/queries";
import { actionId } from "./actions";
import { startBuiltShop } from "./start-shop";
import { Visitor } from "./visitor";
import { listCourses, makePerson, signIn } from "./world";

let shop: Awaited<ReturnType<typeof startTwoShops>>;
beforeAll(async () => {
  shop = await startTwoShops();
});
afterAll(() => shop?.close());

/** Two processes on one database (that a changed course shows in both: static-pages.test.ts) behind a balancer that sends each request to the other one. */
async function startTwoShops() {
  const balancer = await startBalancer();
  const one = await startBuiltShop({ settings: { APP_URL: balancer.origin } });
  const other = await one.startAnother();
  balancer.targets.push(one.origin, other.origin);
  await one.sandbox.addEndpoint({
    url: `${balancer.origin}/api/stripe/webhook`,
    secret: one.secrets.STRIPE_WEBHOOK_SECRET,
  });
  return {
    ...one,
    balancer,
    visitor: () => new Visitor(balancer.origin),
    close: async () => {
      await other.close();
      await one.close();
      await balancer.close();
    },
  };
}

async function startBalancer() {
  const targets: string[] = [];
  const served = new Map<string, number>();
  const server = createServer((incoming, outgoing) => {
    const target = targets.shift() ?? "";
    targets.push(target);
    served.set(target, (served.get(target) ?? 0) + 1);
    const { method, headers, url } = incoming;
    const forwarded = request(target + url, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { origin, targets, served, close };
}

describe("Two processes behind a balancer", () => {
  it("sign in, fill the cart, check out, pay and read across both", async () => {
    const [course] = await listCourses(shop, { free: false });
    if (!course) throw new Error("the shelf is empty");
    const { email, userId } = await makePerson(shop, "Across");
    const buyer = { userId, visitor: shop.visitor() };
    await signIn(buyer.visitor, email);
    for (const _ of [1, 2]) expect((await buyer.visitor.send("/account/orders")).status).toBe(200);

    await buyer.visitor.act(actionId("addToCartAction"), "/courses", { course: course.slug, stay: "1" });
    for (const _ of [1, 2]) expect((await buyer.visitor.send("/cart")).body).toContain(course.title);

    const press = () =>
      buyer.visitor.submit(actionId("startCheckoutAction"), "/cart", { total: String(course.priceAmount) });
    const pressed = await Promise.all([press(), press()]);
    const addresses = pressed.map((answer) => answer.headers.location);
    expect(new Set(addresses).size).toBe(1);
    const placed = await shop.db.select().from(orders).where(eq(orders.userId, buyer.userId));
    expect(placed).toHaveLength(1);

    await shop.sandbox.failDelivery({ kind: "duplicate", copies: 4 });
    await shop.sandbox.pay(placed[0]?.stripeCheckoutSessionId ?? "");
    await shop.sandbox.idle({ retries: true });
    const back = `/checkout/success?session_id=${placed[0]?.stripeCheckoutSessionId}`;
    for (const _ of [1, 2]) expect((await buyer.visitor.send(back)).body).toContain(placed[0]?.orderNumber);
    const seats = await shop.db.select().from(enrollments).where(eq(enrollments.userId, buyer.userId));
    expect(seats).toHaveLength(1);
    for (const _ of [1, 2])
      expect((await buyer.visitor.send("/account/courses")).body).toContain(course.title);
    expect(await findViolations()).toEqual([]);
    const shares = [...shop.balancer.served.values()];
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });
});
