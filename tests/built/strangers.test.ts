import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { courses } from "@/db/schema/catalog";
import { enrollments } from "@/db/schema/learning";
import { orders } from "@/db/schema/orders";
import { actionId } from "./actions";
import { watchChanges } from "./changes";
import { findLeak } from "./leaks";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { makePerson, makeWorld, PASSWORD, type World } from "./world";

let shop: BuiltShop;
let world: World;

beforeAll(async () => {
  shop = await startBuiltShop();
  world = await makeWorld(shop);
});
afterAll(() => shop?.close());

describe("What does not exist", () => {
  it("is 404, as a page and as a payload", async () => {
    await shop.db.update(courses).set({ status: "draft" }).where(eq(courses.slug, world.third));
    const unknown = [
      "/courses/nope",
      `/courses/${world.third}`,
      "/courses/Nope",
      "/learn/nope/nope",
      "/nope",
      "/admin",
    ];
    for (const path of unknown) {
      expect((await shop.visitor().send(path)).status, path).toBe(404);
    }
    expect((await shop.visitor().payload("/courses/nope")).status).toBe(404);
    expect((await world.other.visitor.send("/admin")).status).toBe(404);
  });
});

describe("Headers that a client makes up", () => {
  const claims = (address: string) => ({
    "x-forwarded-for": address,
    "x-real-ip": address,
    forwarded: `for=${address};host=evil.example;proto=https`,
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-forwarded-port": "8443",
    "x-client-ip": address,
    "cf-connecting-ip": address,
  });

  it("do not get around the limit of wrong passwords", async () => {
    const person = await makePerson(shop, "Guessed");
    const attempt = (password: string, round: number) =>
      shop
        .visitor()
        .act(
          actionId("signInAction"),
          "/sign-in",
          { email: person.email, password },
          claims(`203.0.113.${round}`),
        );
    for (let round = 1; round <= 5; round += 1)
      expect((await attempt(`Wrong-${round}-Kuerbis`, round)).body).toContain("wrong_credentials");
    // Even the right one, as long as the pause lasts.
    expect((await attempt(PASSWORD, 6)).body).toContain("throttled");
  });

  it("do not get around it by going to another process of the shop", async () => {
    const another = await shop.startAnother();
    try {
      const person = await makePerson(shop, "Hunted");
      const attempt = (on: { readonly visitor: () => Visitor }, password: string) =>
        on.visitor().act(actionId("signInAction"), "/sign-in", { email: person.email, password });
      for (let round = 1; round <= 5; round += 1)
        await attempt(round % 2 === 0 ? shop : another, `Wrong-${round}-Kuerbis`);
      expect((await attempt(shop, PASSWORD)).body).toContain("throttled");
      expect((await attempt(another, PASSWORD)).body).toContain("throttled");
    } finally {
      await another.close();
    }
  });

  it("do not get around the limit of links by mail, the same for addresses that nobody has", async () => {
    const person = await makePerson(shop, "Flooded");
    for (const email of [person.email, "nobody-has-this@example.test"]) {
      const bodies: string[] = [];
      for (let round = 1; round <= 6; round += 1) {
        const asked = shop
          .visitor()
          .act(
            actionId("requestPasswordResetAction"),
            "/reset-password",
            { email },
            claims(`203.0.113.${round}`),
          );
        bodies.push((await asked).body);
      }
      expect(bodies.map((body) => body.includes("throttled"))).toEqual([
        ...Array.from({ length: 5 }, () => false),
        true,
      ]);
    }
  });

  it("do not get around the limit of gifts that are sent again", async () => {
    const outcomes: boolean[] = [];
    for (let round = 1; round <= 6; round += 1) {
      const { body } = await world.learner.visitor.act(
        actionId("sendGiftAgainAction"),
        "/account/gifts",
        { gift: world.given },
        claims(`203.0.113.${round}`),
      );
      outcomes.push(body.includes("throttled"));
    }
    expect(outcomes).toEqual([...Array.from({ length: 5 }, () => false), true]);
  });

  it("do not get around the limit of guessed codes", async () => {
    const outcomes: number[] = [];
    for (let round = 1; round <= 12; round += 1) {
      const headers = {
        origin: shop.origin,
        "content-type": "application/json",
        ...claims(`198.51.100.${round}`),
      };
      const body = JSON.stringify({ code: `GUESS${round}` });
      outcomes.push((await shop.visitor().send("/api/coupon", { method: "POST", headers, body })).status);
    }
    expect(outcomes.at(0)).toBe(200);
    expect(outcomes.at(-1)).toBe(429);
  });

  it("change no link, redirect or cookie, not even for the next visitor", async () => {
    const paths = [
      "/",
      "/courses",
      "/sitemap.xml",
      "/robots.txt",
      "/sign-in",
      "/account",
      "/checkout/cancel",
      "/cart",
    ];
    for (const path of paths) {
      for (const host of [undefined, "evil.example"]) {
        const headers = { ...claims("203.0.113.9"), ...(host ? { host } : {}) };
        const lied = await shop.visitor().send(path, { headers });
        expect(lied.body, path).not.toContain("evil.example");
        expect(JSON.stringify(lied.headers), path).not.toContain("evil.example");
        expect((await shop.visitor().send(path)).body, path).not.toContain("evil.example");
      }
    }
  });

  it("do not send anybody elsewhere after signing in", async () => {
    const targets = [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "https:evil.example",
      "/%09/evil.example",
      "javascript:alert(1)",
    ];
    for (const returnTo of targets) {
      const person = await makePerson(shop, "Returning");
      const fields = { email: person.email, password: PASSWORD, returnTo };
      const answer = await shop.visitor().submit(actionId("signInAction"), "/sign-in", fields);
      expect(answer.status, returnTo).toBe(303);
      expect(new URL(answer.headers.location ?? "", shop.origin).origin, returnTo).toBe(shop.origin);
    }
  });
});

describe("Somebody else's checkout", () => {
  it("shows nothing and gives nothing to whoever opens its return address", async () => {
    const buyer = await makePerson(shop, "Buyer");
    await buyer.visitor.act(actionId("addToCartAction"), "/courses", { course: world.wanted, stay: "1" });
    const [course] = await shop.db.select().from(courses).where(eq(courses.slug, world.wanted));
    const total = String(course?.priceAmount);
    const started = await buyer.visitor.submit(actionId("startCheckoutAction"), "/cart", { total });
    expect(started.status).toBe(303);
    const [order] = await shop.db.select().from(orders).where(eq(orders.userId, buyer.userId));
    const sessionId = order?.stripeCheckoutSessionId ?? "";
    expect(sessionId).toMatch(/^cs_test_/);

    const back = `/checkout/success?session_id=${sessionId}`;
    const unpaid = await buyer.visitor.send(back);
    expect(unpaid.body).toContain("waiting for the payment");
    await shop.sandbox.pay(sessionId);
    await shop.sandbox.idle();

    const changes = await watchChanges(shop);
    const { visitor } = world.other;
    const strange = [
      back,
      `${back}&order=${order?.orderNumber}`,
      `/checkout/success?order=${order?.orderNumber}`,
    ];
    for (const path of strange) {
      const answer = await visitor.send(path);
      expect(answer.body, path).toContain("no such order");
      for (const secret of [buyer.email, "Buyer", course?.title ?? "-"])
        expect(answer.body).not.toContain(secret);
    }
    const order404 = await visitor.send(`/account/orders/${order?.orderNumber}`);
    expect(order404.status).toBe(404);
    const anonymous = await shop.visitor().send(back);
    expect(anonymous.status).toBe(307);
    expect(anonymous.headers.location).toMatch(/^\/sign-in\?returnTo=/);
    expect(anonymous.body).not.toContain(buyer.email);
    expect(await changes()).toEqual([]);

    const paid = await buyer.visitor.send(back);
    expect(paid.body).toContain("is yours");
    const seats = await shop.db
      .select({ userId: enrollments.userId })
      .from(enrollments)
      .where(and(eq(enrollments.userId, buyer.userId), eq(enrollments.status, "active")));
    expect(seats).toHaveLength(1);
  });

  it("cannot be invented", async () => {
    const changes = await watchChanges(shop);
    const { visitor } = world.other;
    for (const id of ["cs_test_invented", "..%2f..%2fcustomers", "cs_live_1", "%00", "x".repeat(2_000)]) {
      const answer = await visitor.send(`/checkout/success?session_id=${id}`);
      expect(answer.status).toBeLessThan(500);
      expect(answer.body).toContain("no such order");
      expect(findLeak(answer.body)).toBeNull();
    }
    expect(await changes()).toEqual([]);
  });
});
