import { expect, test } from "vitest";
import { parseEnv } from "@/lib/env";
import { describeSettings } from "@/lib/store/describe-settings";
import { maskKey } from "@/lib/store/mask-key";

const secrets = {
  AUTH_SECRET: "auth-secret-of-the-shop-auth-secret-of-the-shop",
  INTERNAL_TOKEN: "internal-token-of-the-shop-internal-token",
  CERTIFICATE_KEY: "a".repeat(43),
  DATABASE_URL: "postgres://lectern:database-password@db.example.org/lectern",
  STRIPE_SECRET_KEY: "sk_test_51HsecretsecretsecretsecretWXYZ",
  STRIPE_PUBLISHABLE_KEY: "pk_test_51HpublishablepublishableABCD",
  STRIPE_WEBHOOK_SECRET: "whsec_firstfirstfirstfirstfirst1111,whsec_otherotherotherotherother2222",
  RESEND_API_KEY: "re_short",
  GOOGLE_CLIENT_ID: "1234-abcdefghijklmnop.apps.googleusercontent.com",
  GOOGLE_CLIENT_SECRET: "google-secret-google-secret",
};

test.each([
  ["sk_test_51HsecretsecretsecretsecretWXYZ", "sk_test_…WXYZ"],
  ["whsec_firstfirstfirstfirstfirst1111", "whsec_…1111"],
  ["re_short", "re_…"],
  ["no-prefix-at-all-and-long", "…long"],
])("%s is shown as %s", (key, shown) => expect(maskKey(key)).toBe(shown));

test("the settings name every key and show none", () => {
  const groups = describeSettings(parseEnv(secrets));
  const text = JSON.stringify(groups);
  expect(text).toContain("sk_test_…WXYZ");
  expect(text).toContain("whsec_…2222");
  const parts = Object.values(secrets).flatMap((value) => value.split(","));
  for (const secret of parts) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/database-password|google-secret|auth-secret|internal-token/);
});

test("what is not set says so, and a tax mode speaks", () => {
  const find = (extra: Record<string, string>, name: string) =>
    describeSettings(parseEnv({ ...secrets, ...extra }))
      .flatMap(({ settings }) => settings)
      .find((setting) => setting.name === name);
  expect(find({}, "VAT id")?.value).toBeNull();
  expect(find({}, "Tax")?.value).toBe("None is charged");
  expect(find({ STORE_TAX: "stripe" }, "Tax")?.value).toContain("Stripe");
  expect(find({ STORE_ADDRESS: "Lane 1; 12345 Town" }, "Address")?.value).toEqual(["Lane 1", "12345 Town"]);
});
