import { describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/env";

const live = {
  AUTH_SECRET: "auth-secret-of-the-shop-auth-secret-of-the-shop",
  INTERNAL_TOKEN: "internal-token-of-the-shop-internal-token",
  CERTIFICATE_KEY: "a".repeat(43),
  DATABASE_URL: "postgres://lectern:word@db.example.org/lectern",
  APP_URL: "https://shop.example.org",
  STRIPE_SECRET_KEY: "sk_live_51HsecretsecretsecretsecretWXYZ",
  STRIPE_WEBHOOK_SECRET: "whsec_firstfirstfirstfirstfirst1111",
  RESEND_API_KEY: "re_short",
};

describe("a shop that takes real money and issues invoices", () => {
  test("does not start without the seller's address, and says what to set", () => {
    expect(() => parseEnv(live)).toThrow(
      /^STORE_ADDRESS is missing: invoices must name the seller's address/,
    );
    expect(parseEnv({ ...live, STORE_ADDRESS: "1 Lane; 10115 Berlin" }).testMode).toBe(false);
    expect(parseEnv({ ...live, STORE_DOCUMENTS: "off" }).STORE_DOCUMENTS).toBe("off");
  });

  test("does not start with a VAT id that none can be", () => {
    const seller = { ...live, STORE_ADDRESS: "1 Lane; 10115 Berlin" };
    expect(() => parseEnv({ ...seller, STORE_VAT_ID: "DE12" })).toThrow(/STORE_VAT_ID/);
    expect(parseEnv({ ...seller, STORE_VAT_ID: "de 123 456 789" }).STORE_VAT_ID).toBe("DE123456789");
  });
});
