import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { guardPersonalPages, personalHeaders } from "@/lib/personal-pages";
import {
  contentSecurityPolicy,
  embeddedPayment,
  PERSONAL_PATHS,
  paymentOrigins,
  permissionsPolicy,
} from "@/lib/security-headers";

const policyOf = (path: string) => {
  const headers = personalHeaders(path);
  const policy = headers["content-security-policy"] ?? "";
  return {
    headers,
    policy,
    directives: new Map(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)])),
  };
};

let received: IncomingHttpHeaders = {};
const server = createServer((request, response) => {
  received = request.headers;
  response.end();
});
beforeAll(async () => {
  guardPersonalPages();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

const visit = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers });

it("covers every personal path and what is below it, and nothing else", () => {
  for (const path of PERSONAL_PATHS)
    for (const address of [path, `${path}/`, `${path}?a=b`, `${path}/x/y`])
      expect(policyOf(address).policy, address).toContain("nonce-");
  for (const path of ["/", "/courses", "/carts", "/learning", "/api/viewer", "/_next/static/cart/x.js"])
    expect(personalHeaders(path), path).toEqual({});
});

it("reads an address no narrower than any router might", () => {
  const odd = [
    "//cart",
    "/%63art",
    "/CART",
    "\\cart",
    "/cart%2Fx",
    "http://shop.example/cart?x",
    "/cart/%E0%A4%A",
  ];
  for (const address of odd) expect(policyOf(address).policy, address).toContain("nonce-");
});

it("leaves the policy of a course's file to the file, but not that of an address which only looks like one", () => {
  expect(personalHeaders("/learn/sql/files/map.svg")).toEqual({ "Permissions-Policy": permissionsPolicy() });
  expect(policyOf("/learn/sql/files%2Fmap.svg").policy).toContain("nonce-");
});

it("gives every answer a nonce of its own and lets no cache keep it", () => {
  const [one, two] = [policyOf("/cart"), policyOf("/cart")];
  expect(one.policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='/);
  expect(one.policy).not.toBe(two.policy);
  expect(one.headers["Cache-Control"]).toBe("private, no-store");
});

it("hands the policy to Next, which takes the nonce from it, and to the browser", async () => {
  const answer = await visit("/account");
  expect(received["content-security-policy"]).toMatch(/'nonce-/);
  expect(answer.headers.get("content-security-policy")).toBe(received["content-security-policy"]);
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
});

it("drops a policy that a visitor sends", async () => {
  const mine = { "content-security-policy": "'nonce-a'", "content-security-policy-report-only": "'nonce-b'" };
  await visit("/cart", mine);
  expect(JSON.stringify(received)).not.toMatch(/nonce-[ab]'/);
  const answer = await visit("/courses", mine);
  expect(JSON.stringify(received)).not.toContain("nonce");
  expect(answer.headers.has("content-security-policy")).toBe(false);
});

it("allows no inline code, no frames, no plug-ins and no base", () => {
  const { directives } = policyOf("/sign-in");
  expect(directives.get("script-src")?.join()).not.toMatch(/unsafe/);
  expect(directives.get("style-src")?.join()).not.toMatch(/unsafe/);
  for (const none of ["object-src", "base-uri", "frame-ancestors"])
    expect(directives.get(none)).toEqual(["'none'"]);
});

it("lets a posted form lead to the payment page and nowhere else", () => {
  expect(paymentOrigins(undefined)).toEqual(["https://checkout.stripe.com"]);
  expect(paymentOrigins("http://127.0.0.1:3001/")).toEqual([
    "http://127.0.0.1:3001",
    "http://localhost:3001",
  ]);
  expect(contentSecurityPolicy({ scripts: "", styles: "" })).toContain("form-action 'self';");
});

it("lets the payment provider's script and frame in on the checkout page only, and only when it is embedded", () => {
  const wide = embeddedPayment(undefined);
  expect(wide.scripts).toContain("https://js.stripe.com");
  expect(policyOf("/checkout").policy).not.toContain("frame-src");
  expect(embeddedPayment("http://127.0.0.1:3001").frames).toEqual([
    "http://127.0.0.1:3001",
    "http://localhost:3001",
  ]);
  const embedded = contentSecurityPolicy({ styles: "", ...wide, scripts: wide.scripts.join(" ") });
  expect(embedded).toContain("frame-src https://js.stripe.com");
  expect(embedded).toContain("connect-src 'self' https://api.stripe.com");
  expect(permissionsPolicy()).toContain("payment=()");
  expect(permissionsPolicy(["https://js.stripe.com"])).toContain('payment=(self "https://js.stripe.com")');
});
