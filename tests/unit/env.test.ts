import { describe, expect, test } from "vitest";
import { readSettings } from "@/lib/env";

const stripe = { STRIPE_SECRET_KEY: "sk_test_1", STRIPE_WEBHOOK_SECRET: "whsec_1" };
const live = {
  STRIPE_SECRET_KEY: "sk_live_1",
  STRIPE_WEBHOOK_SECRET: "whsec_1",
  APP_URL: "https://shop.example",
  STORE_ADDRESS: "Lindenweg 7;10115 Berlin",
};
const problemsOf = (source: Readonly<Record<string, string>>) =>
  readSettings(source).problems.map(({ name, sentence }) => {
    expect(sentence).toContain(name);
    return name;
  });

describe("the way to pay", () => {
  test("is Stripe's own page unless said otherwise, and needs no publishable key", () => {
    expect(readSettings(stripe).settings?.STRIPE_CHECKOUT_UI).toBe("hosted");
    expect(problemsOf({ ...stripe, STRIPE_CHECKOUT_UI: "hosted" })).toEqual([]);
  });

  test("inside the shop's page needs the publishable key, by either of its names", () => {
    const embedded = { ...stripe, STRIPE_CHECKOUT_UI: "embedded" };
    expect(problemsOf(embedded)).toEqual(["STRIPE_PUBLISHABLE_KEY"]);
    expect(problemsOf({ ...embedded, STRIPE_PUBLISHABLE_KEY: "pk_test_1" })).toEqual([]);
    expect(problemsOf({ ...embedded, STRIPE_PUBLIC_KEY: "pk_test_1" })).toEqual([]);
  });

  test("refuses keys of two modes, in both directions", () => {
    const ui = { STRIPE_CHECKOUT_UI: "embedded" };
    expect(problemsOf({ ...stripe, ...ui, STRIPE_PUBLISHABLE_KEY: "pk_live_1" })).toEqual([
      "STRIPE_PUBLISHABLE_KEY",
    ]);
    expect(problemsOf({ ...live, ...ui, STRIPE_PUBLISHABLE_KEY: "pk_test_1" })).toEqual([
      "STRIPE_PUBLISHABLE_KEY",
    ]);
    expect(problemsOf({ ...live, ...ui, STRIPE_PUBLISHABLE_KEY: "pk_live_1" })).toEqual([]);
  });

  test("is one of two words", () => {
    expect(problemsOf({ ...stripe, STRIPE_CHECKOUT_UI: "popup" })).toEqual(["STRIPE_CHECKOUT_UI"]);
  });
});

describe("settings that contradict each other", () => {
  test.each([
    [
      "a live key with a stand-in for Stripe",
      { ...live, STRIPE_API_BASE: "http://127.0.0.1:9" },
      "STRIPE_SECRET_KEY",
    ],
    ["a key without its webhook secret", { STRIPE_SECRET_KEY: "sk_test_1" }, "STRIPE_WEBHOOK_SECRET"],
    ["a live key on an address without TLS", { ...live, APP_URL: "http://shop.example" }, "APP_URL"],
    ["half of a linked sign-in", { GOOGLE_CLIENT_ID: "one" }, "GOOGLE_CLIENT_SECRET"],
  ])("%s stop the start, by name", (_what, source, name) => {
    expect(problemsOf(source)).toEqual([name]);
  });

  test("while the secret rotates two are taken, and a blank one is not", () => {
    expect(problemsOf({ ...stripe, STRIPE_WEBHOOK_SECRET: "whsec_1,whsec_2" })).toEqual([]);
    const blank = problemsOf({ ...stripe, STRIPE_WEBHOOK_SECRET: "whsec_1, ," });
    expect([...new Set(blank)]).toEqual(["STRIPE_WEBHOOK_SECRET"]);
  });
});
