import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actionId } from "./actions";
import { findLeak } from "./leaks";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import { makeWorld, PASSWORD, type World } from "./world";

let shop: BuiltShop;
let world: World;

beforeAll(async () => {
  shop = await startBuiltShop();
  world = await makeWorld(shop);
});
afterAll(() => shop?.close());

const FILES = [
  "/.git/config",
  "/.git/HEAD",
  "/.env",
  "/.env.local",
  "/.env.production",
  "/.gitignore",
  "/.data/secrets.json",
  "/.next/BUILD_ID",
  "/.next/server/server-reference-manifest.json",
  "/_next/server/server-reference-manifest.json",
  "/_next/BUILD_ID",
  "/_next/required-server-files.json",
  "/_next/static/../server/server-reference-manifest.json",
  "/_next/static/..%2fserver/server-reference-manifest.json",
  "/_next/static/%2e%2e/%2e%2e/package.json",
  "/_next/static/chunks",
  "/..%2f..%2fpackage.json",
  "/%2e%2e/package.json",
  "/%252e%252e/package.json",
  "/..%5c..%5cpackage.json",
  "/package.json",
  "/package-lock.json",
  "/next.config.ts",
  "/tsconfig.json",
  "/lib/env.ts",
  "/db/migrations/0000_base.sql",
  "/scripts/start.ts",
  "/sandbox/stripe/main.ts",
  "/node_modules/next/package.json",
  "/server.js",
  "/__nextjs_original-stack-frames",
  "/__nextjs_source-map",
  "/_next/webpack-hmr",
  "/_next/trace",
  "/dev/ui",
  "/dev/mails",
  "/dev",
  "/debug",
  "/metrics",
  "/api/auth/session",
  "/api/auth/providers",
];

describe("What is no page", () => {
  it.each(FILES)("%s is not served", async (path) => {
    const answer = await shop.visitor().send(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(findLeak(answer.body)).toBeNull();
  });

  it.each([
    "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1:9/",
    "//example.test/x.png",
    "/api/viewer",
    "file:///etc/passwd",
    "/../../etc/passwd",
  ])("the image optimiser does not fetch %s", async (url) => {
    const answer = await shop.visitor().send(`/_next/image?w=640&q=75&url=${encodeURIComponent(url)}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});

describe("What browsers load", () => {
  const folder = join(".next", "static");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

  it("has no source map", () => {
    expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  });

  it("names no secret, no variable of the server, no path of the machine that built it", () => {
    const scripts = files.filter((file) => /\.(js|css|json)$/.test(file));
    expect(scripts.length).toBeGreaterThan(5);
    const forbidden = new RegExp(
      [
        "sourceMappingURL",
        "AUTH_SECRET",
        "INTERNAL_TOKEN",
        "CERTIFICATE_KEY",
        "STRIPE_SECRET_KEY",
        "DATABASE_URL",
        "whsec_",
        "sk_(?:test|live)_",
        "postgres(?:ql)?://",
        escapeRegExp(process.cwd()),
      ].join("|"),
    );
    for (const file of scripts) expect(forbidden.exec(readFileSync(file, "utf8"))?.[0], file).toBeUndefined();
  });
});

describe("Errors", () => {
  it("say nothing about the inside when an address is nonsense", async () => {
    const addresses = [
      "/courses/%00",
      "/courses/%ff%fe",
      `/courses/${"a".repeat(6_000)}`,
      "/courses/..%2f..%2fetc",
      "/courses/search?q=%00%00'\"--;&sort=price;drop&after=x&type[]=1&level=9",
      `/courses/search?q=${encodeURIComponent("(a+)+$".repeat(300))}`,
      "/courses/search?after=eyJ4IjoxfQ==",
      "/learn/%00/%00",
      "/learn/datasets/..%2f..%2fpackage.json",
      "/learn/datasets/%00",
      "/account/orders/ORD-20260101-'OR'1",
      "/account/orders?after=%00&q=%27",
      "/covers/python/%00",
      "/covers/..%2f/x",
      "/checkout/success?session_id=%00&order=%27",
      "/checkout/success?session_id[]=1&session_id=2",
      "/cart?problem=%3Cscript%3E&removed=%00",
      "/sign-in?returnTo=//evil.example/%0d%0aSet-Cookie:x=1",
    ];
    for (const path of addresses) {
      const answer = await world.learner.visitor.send(path);
      // Next itself answers 500 to bytes that are no text.
      if (path !== "/courses/%ff%fe") expect(answer.status, path).toBeLessThan(500);
      expect(findLeak(answer.body), path).toBeNull();
    }
  });

  it("say nothing about it when a header is nonsense", async () => {
    const nonsense: Readonly<Record<string, string>>[] = [
      { rsc: "1", "next-router-state-tree": "{" },
      { rsc: "1", "next-router-state-tree": "%5B%22%22" },
      { rsc: "1", "next-router-segment-prefetch": "/../../x" },
      { "next-action": "../../x" },
      { cookie: "lectern_session=eyJhbGciOiJub25lIn0.e30.; lectern_cart=%00" },
      { cookie: `lectern_session=${"x".repeat(4_000)}` },
      { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
      { "accept-language": "x".repeat(4_000), "content-length": "0" },
    ];
    for (const headers of nonsense) {
      for (const path of ["/cart", "/account", "/", "/admin"]) {
        const answer = await shop.visitor().send(path, { headers });
        expect(findLeak(answer.body), JSON.stringify(headers)).toBeNull();
        expect(answer.body).not.toContain(world.learner.email);
      }
    }
  });

  it("of a broken database stay inside as well, and nobody's data gets into the log", async () => {
    const { learner } = world;
    await shop.sql`alter table users rename to users_away`;
    try {
      const credentials = { email: learner.email, password: PASSWORD };
      const answers = [
        await learner.visitor.send("/account/orders"),
        await learner.visitor.send("/cart"),
        await learner.visitor.send("/api/viewer"),
        await shop.visitor().submit(actionId("signInAction"), "/sign-in", credentials),
        await shop.visitor().act(actionId("signInAction"), "/sign-in", credentials),
        await shop
          .visitor()
          .act(actionId("signUpAction"), "/sign-up", { ...credentials, name: learner.name }),
        await shop.visitor().send("/"),
      ];
      for (const { body } of answers) {
        expect(findLeak(body)).toBeNull();
        expect(body).not.toContain(learner.email);
      }
      expect(answers.at(-1)?.status).toBe(200);
      expect(answers.slice(0, -1).map((answer) => answer.status)).toEqual([500, 500, 500, 500, 500, 500]);
    } finally {
      await shop.sql`alter table users_away rename to users`;
    }
  });
});

describe("The log", () => {
  it("has a line of JSON for what happened, and no secret, address or password in any", async () => {
    const { learner } = world;
    const began = shop.readLog().length;
    const guess = { email: learner.email, password: "Rote-Gruetze-am-Abend-13" };
    await shop.visitor().submit(actionId("signInAction"), "/sign-in", guess);
    await learner.visitor.act(actionId("startCheckoutAction"), "/cart", { total: String(world.cartTotal) });
    await sendBrokenEvent();
    await shop.visitor().send("/sign-in?returnTo=/cart", {
      headers: { "user-agent": "x\tCRLF", "x-forwarded-for": "1.2.3.4" },
    });

    const log = shop.readLog();
    const lines = log
      .slice(began)
      .split("\n")
      .filter((line) => line.startsWith('{"level"'));
    for (const line of lines) {
      const entry: unknown = JSON.parse(line);
      expect(entry).toMatchObject({
        level: expect.any(String),
        time: expect.stringMatching(/Z$/),
        msg: expect.any(String),
      });
    }
    expect(lines.map((line) => JSON.parse(line).msg)).toContain("a Stripe event was set aside");
    const session = learner.visitor.cookies.get("lectern_session") ?? "none";
    const secrets = [...Object.values(shop.secrets), PASSWORD, guess.password, session, world.guest.token];
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/[\w.+-]+@example\.test/);
    expect(log).not.toContain("argon2id");
    expect(log).not.toMatch(/postgres(?:ql)?:\/\/\w+:/);
  });
});

/** A signed event whose work fails: its session is ours, its order is not there and its shape is wrong. */
async function sendBrokenEvent(): Promise<void> {
  const stripe = new Stripe(shop.secrets.STRIPE_SECRET_KEY);
  const session = {
    id: "cs_test_broken",
    object: "checkout.session",
    metadata: { order_id: "00000000-0000-7000-8000-000000000000" },
    customer_details: { email: world.learner.email },
  };
  const payload = JSON.stringify({
    id: "evt_broken",
    object: "event",
    type: "checkout.session.completed",
    livemode: false,
    created: Math.floor(Date.now() / 1000),
    data: { object: session },
  });
  const signature = stripe.webhooks.generateTestHeaderString({
    payload,
    secret: shop.secrets.STRIPE_WEBHOOK_SECRET,
  });
  const answer = await shop.visitor().send("/api/stripe/webhook", {
    method: "POST",
    headers: { "stripe-signature": signature, "content-type": "application/json" },
    body: payload,
  });
  expect(answer.status).toBe(200);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
