import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actionId } from "./actions";
import { watchChanges } from "./changes";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Answer, Sending, Visitor } from "./visitor";
import { makeWorld, PASSWORD, type World } from "./world";

let shop: BuiltShop;
let world: World;

beforeAll(async () => {
  shop = await startBuiltShop();
  world = await makeWorld(shop);
});
afterAll(() => shop?.close());

const PUBLIC = ["/", "/courses", "/pricing", "/courses/:course", "/courses/search?q=python", "/privacy"];
const PERSONAL = [
  "/cart",
  "/account/courses",
  "/account/orders",
  "/account/settings",
  "/account/settings/security",
  "/account/settings/data",
  "/account/settings/two-step",
  "/learn/:owned/:lesson",
  "/sign-in",
  "/verify-email",
  "/reset-password",
];
const OTHERS = [
  "/account",
  "/nope",
  "/courses/nope",
  "/learn/nope/nope",
  "/api/health",
  "/api/viewer",
  "/api/nope",
  "/checkout/cancel",
  "/checkout/success?session_id=cs_test_nope",
  "/covers/python/:course",
  "/robots.txt",
  "/sitemap.xml",
  "/manifest.webmanifest",
  "/icon.svg",
  "/theme.js",
  "/courses/:course/opengraph-image",
];

const fill = (path: string) =>
  path.replace(":course", world.wanted).replace(":owned", world.owned).replace(":lesson", world.lesson);

/** One of each kind of answer that is no plain GET of a page. */
async function otherAnswers(): Promise<[string, Answer][]> {
  const visitor = shop.visitor();
  const page = await visitor.send("/");
  const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page.body)?.[1] ?? "";
  const style = /href="(\/_next\/static\/[^"]+\.css)"/.exec(page.body)?.[1] ?? "";
  const font = /href="(\/_next\/static\/[^"]+\.woff2)"/.exec(page.body)?.[1] ?? "";
  expect([script, style, font]).not.toContain("");
  const ways: [string, string, Sending][] = [
    ["a script", script, {}],
    ["a style sheet", style, {}],
    ["a font", font, {}],
    ["a payload's redirect", "/courses", { headers: { rsc: "1" } }],
    ["a head", "/courses", { method: "HEAD" }],
    ["an unsigned event", "/api/stripe/webhook", { method: "POST", body: "{}" }],
    ["a wrong method", "/api/stripe/webhook", {}],
    ["a foreign coupon link", "/api/coupon", { method: "POST", body: "{}" }],
    ["a renewal without the token", "/api/internal/revalidate", { method: "POST" }],
  ];
  const sent = await Promise.all(
    ways.map(
      async ([name, path, sending]): Promise<[string, Answer]> => [name, await visitor.send(path, sending)],
    ),
  );
  const add = actionId("addToCartAction");
  return [
    ...sent,
    ["a payload", await visitor.payload("/courses")],
    ["a personal payload", await visitor.payload("/cart")],
    ["an action's answer", await visitor.act(add, "/courses", { course: "nope", stay: "1" })],
    ["an action's redirect", await visitor.submit(add, "/courses", { course: "nope" })],
    ["a refused action", await visitor.act(add, "/courses", {}, { origin: "https://evil.example" })],
    ["an unknown action", await visitor.act("7f".repeat(21), "/courses", {})],
  ];
}

const ALWAYS = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^strict-origin-when-cross-origin$/,
  "strict-transport-security": /^max-age=\d{8,}; includeSubDomains$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\)/,
  "content-security-policy": /frame-ancestors 'none'/,
} as const;

function expectHeaders(name: string, { headers }: Answer): void {
  for (const [header, value] of Object.entries(ALWAYS))
    expect(headers[header], `${name}: ${header}`).toMatch(value);
  expect(headers["x-powered-by"], name).toBeUndefined();
  expect(headers.server, name).toBeUndefined();
  expect(headers["access-control-allow-origin"], name).toBeUndefined();
}

describe("Security headers", () => {
  it("are on every page, error, redirect and file", async () => {
    for (const path of [...PUBLIC, ...PERSONAL, ...OTHERS].map(fill))
      expectHeaders(path, await shop.visitor().send(path));
  });

  it("are on every answer to a signed-in learner", async () => {
    for (const path of [...PUBLIC, ...PERSONAL].map(fill))
      expectHeaders(path, await world.learner.visitor.send(path));
  });

  it("are on assets, payloads, events and the answers of actions", async () => {
    for (const [name, answer] of await otherAnswers()) expectHeaders(name, answer);
  });
});

describe("The content security policy", () => {
  const policyOf = (answer: Answer) => {
    const directives = String(answer.headers["content-security-policy"]).split("; ");
    return new Map(directives.map((directive) => [directive.split(" ")[0], directive]));
  };

  it("lets public pages load from this site alone", async () => {
    for (const path of PUBLIC.map(fill)) {
      const policy = policyOf(await shop.visitor().send(path));
      expect([...policy.values()].join(" "), path).not.toMatch(/https?:|\*|'unsafe-eval'|blob:/);
      expect(policy.get("object-src")).toBe("object-src 'none'");
      expect(policy.get("base-uri")).toBe("base-uri 'none'");
    }
  });

  it("gives every personal page a nonce of its own and no inline code without it", async () => {
    const nonces = new Set<string>();
    for (const path of PERSONAL.map(fill)) {
      const answer = await world.learner.visitor.send(path);
      const policy = policyOf(answer);
      const nonce = /'nonce-([^']+)'/.exec(policy.get("script-src") ?? "")?.[1] ?? "";
      expect(Buffer.from(nonce, "base64").length, path).toBeGreaterThanOrEqual(16);
      expect(policy.get("script-src"), path).not.toMatch(/unsafe/);
      expect(policy.get("style-src"), path).not.toMatch(/unsafe/);
      nonces.add(nonce);
      for (const [tag] of answer.body.matchAll(/<(?:script|style)\b[^>]*>/g))
        expect(/\ssrc="\/[^/]/.test(tag) || tag.includes(`nonce="${nonce}"`), `${path}: ${tag}`).toBe(true);
      expect(answer.body, path).not.toMatch(/<[a-z][^>]*\s(?:style|on[a-z]+)="/);
    }
    expect(nonces.size).toBe(PERSONAL.length);
  });

  it("does not take a nonce from the request", async () => {
    const policy = "script-src 'nonce-mine'";
    const answer = await shop.visitor().send("/cart", { headers: { "content-security-policy": policy } });
    expect(answer.body).not.toContain("mine");
    expect(String(answer.headers["content-security-policy"])).not.toContain("mine");
  });

  it("allows nothing at all on data", async () => {
    const policy = policyOf(await shop.visitor().send("/api/viewer"));
    expect(policy.get("default-src")).toBe("default-src 'none'");
  });
});

describe("Caches", () => {
  it("may keep no personal answer", async () => {
    for (const { visitor } of [world.guest, world.learner]) {
      for (const path of [...PERSONAL, "/checkout/success?session_id=x"].map(fill)) {
        for (const answer of [await visitor.send(path), await visitor.payload(path)])
          expect(answer.headers["cache-control"], path).toBe("private, no-store");
      }
      const viewer = await visitor.send("/api/viewer");
      expect(viewer.headers["cache-control"]).toBe("private, no-store");
    }
  });

  it("may keep no answer of an action", async () => {
    const taken = (await otherAnswers()).filter(([name, { status }]) => /action/.test(name) && status < 400);
    expect(taken.map(([name]) => name)).toEqual(["an action's answer", "an action's redirect"]);
    for (const [name, { headers }] of taken) expect(headers["cache-control"], name).toMatch(/no-store/);
  });

  it("get the same public page, byte for byte, whoever asks, and no cookie with it", async () => {
    for (const path of PUBLIC.filter((one) => !one.includes("search")).map(fill)) {
      const anonymous = await shop.visitor().send(path);
      const learner = await world.learner.visitor.send(path);
      expect(learner.body, path).toBe(anonymous.body);
      expect(learner.headers["set-cookie"], path).toBeUndefined();
      expect(learner.headers["cache-control"], path).toMatch(/s-maxage/);
    }
  });
});

describe("Content types", () => {
  it.each([
    ["/", "text/html; charset=utf-8"],
    ["/cart", "text/html; charset=utf-8"],
    ["/api/viewer", "application/json"],
    ["/covers/python/x", "image/svg+xml; charset=utf-8"],
    ["/robots.txt", "text/plain"],
    ["/sitemap.xml", "application/xml"],
  ])("%s is %s", async (path, type) => {
    const answer = await shop.visitor().send(path);
    expect(answer.headers["content-type"]).toBe(type);
  });
});

describe("Methods that nobody needs", () => {
  it("unknown to the server's own parser go no further than it", async () => {
    const { status, body } = await shop.visitor().send("/cart", { method: "TRACK" });
    expect([status, body]).toEqual([400, ""]);
  });

  it.each(["TRACE", "PROPFIND", "PUT", "PATCH", "DELETE", "OPTIONS"])(
    "%s is refused with the headers of every answer, and does nothing",
    async (method) => {
      const changes = await watchChanges(shop);
      for (const path of ["/", "/cart", "/api/viewer", "/api/stripe/webhook", "/theme.js"]) {
        const headers = { "x-secret": "echoed-by-trace", cookie: "lectern_session=echoed-by-trace" };
        const answer = await shop.visitor().send(path, { method, headers });
        expect([answer.status, answer.headers.allow], path).toEqual([405, "GET, HEAD, POST"]);
        expect(answer.body, path).toBe("");
        expectHeaders(`${method} ${path}`, answer);
      }
      expect(await changes()).toEqual([]);
    },
  );
});

describe("Cookies", () => {
  const flags = (answer: Answer, name: string) =>
    answer.headers["set-cookie"]?.find((cookie) => cookie.startsWith(`${name}=`));
  const signIn = (
    on: { readonly visitor: () => Visitor },
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const fields = { email: world.spare.email, password: PASSWORD, stay: "on" };
    return on.visitor().submit(actionId("signInAction"), "/sign-in", fields, headers);
  };

  it("of sessions and carts are kept from scripts and other sites", async () => {
    const signedIn = await signIn(shop);
    const added = await shop
      .visitor()
      .act(actionId("addToCartAction"), "/courses", { course: world.wanted, stay: "1" });
    for (const cookie of [flags(signedIn, "lectern_session"), flags(added, "lectern_cart")]) {
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=lax/i);
      expect(cookie).toMatch(/; Path=\//i);
      expect(cookie).not.toMatch(/domain=/i);
    }
    const hint = flags(signedIn, "lectern_viewer");
    expect(hint).toMatch(/^lectern_viewer=1;/);
  });

  it("are tied to their host, and to https, where the shop has it", async () => {
    const secured = await shop.startAnother({ APP_URL: "https://shop.example" });
    try {
      const headers = { origin: "https://shop.example", host: "shop.example" };
      const signedIn = await signIn(secured, headers);
      const add = { course: world.wanted, stay: "1" };
      const added = await secured.visitor().act(actionId("addToCartAction"), "/courses", add, headers);
      for (const cookie of [flags(signedIn, "__Host-lectern_session"), flags(added, "__Host-lectern_cart")]) {
        expect(cookie).toMatch(/; Secure/i);
        expect(cookie).toMatch(/; HttpOnly/i);
      }
      expect(flags(signedIn, "lectern_viewer")).toMatch(/; Secure/i);
    } finally {
      await secured.close();
    }
  });

  it("of one who signed out open nothing, however well they were kept", async () => {
    const kept = new Map(world.other.visitor.cookies);
    await world.other.visitor.act(actionId("signOutAction"), "/", {});
    for (const [name, value] of kept) world.other.visitor.cookies.set(name, value);
    const viewer = await world.other.visitor.send("/api/viewer");
    expect(JSON.parse(viewer.body).user).toBeNull();
  });
});
