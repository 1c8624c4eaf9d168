import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import {
  contentSecurityPolicy,
  embeddedPayment,
  PERSONAL_PATHS,
  paymentOrigins,
  permissionsPolicy,
} from "@/lib/security-headers";
import { config, proxy } from "@/proxy";

const policyOf = (path: string) => {
  const response = proxy(new NextRequest(`http://localhost:3000${path}`));
  const policy = response.headers.get("content-security-policy") ?? "";
  return {
    response,
    policy,
    directives: new Map(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)])),
  };
};

it("covers exactly the personal paths", () => {
  expect(config.matcher).toEqual(PERSONAL_PATHS.map((path) => `${path}/:path*`));
});

it("gives every answer a nonce of its own and lets no cache keep it", () => {
  const [one, two] = [policyOf("/cart"), policyOf("/cart")];
  expect(one.policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='/);
  expect(one.policy).not.toBe(two.policy);
  expect(one.response.headers.get("cache-control")).toBe("private, no-store");
});

it("hands the policy to Next, which takes the nonce from it", () => {
  const { response, policy } = policyOf("/account");
  expect(response.headers.get("x-middleware-request-content-security-policy")).toBe(policy);
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
