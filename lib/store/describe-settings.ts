import type { Env } from "@/lib/env";
import { storeAddressLines } from "@/lib/store-address";
import { maskKey } from "./mask-key";

/** One setting as it is in force; `null` where nothing is set. */
export type Setting = {
  readonly name: string;
  readonly value: string | readonly string[] | null;
  /** What sets it; the page changes nothing, since several machines may run the shop. */
  readonly variable: string;
  readonly note?: string;
};

export type SettingGroup = { readonly title: string; readonly settings: readonly Setting[] };

const one = (
  name: string,
  variable: string,
  value: Setting["value"] | undefined,
  note?: string,
): Setting => ({
  name,
  variable,
  value: value ?? null,
  ...(note ? { note } : {}),
});

/** What the shop runs with, in the words of its owner. No secret leaves but masked; those that sign are only named. */
export function describeSettings(env: Env): readonly SettingGroup[] {
  return [
    describeStore(env),
    describeTax(env),
    describePayments(env),
    describeMail(env),
    describeSignIn(env),
  ];
}

function describeStore(env: Env): SettingGroup {
  const address = storeAddressLines(env.STORE_ADDRESS);
  return {
    title: "Store",
    settings: [
      one("Name", "STORE_NAME", env.STORE_NAME),
      one(
        "Address",
        "STORE_ADDRESS",
        address.length > 0 ? address : null,
        "Printed on invoices and in mails.",
      ),
      one("Public address", "APP_URL", env.APP_URL),
      one("Currency of prices", "STORE_CURRENCY", env.STORE_CURRENCY.toUpperCase()),
      one("VAT id", "STORE_VAT_ID", env.STORE_VAT_ID),
    ],
  };
}

function describeTax(env: Env): SettingGroup {
  const byStripe = env.STORE_TAX === "stripe";
  return {
    title: "Tax and documents",
    settings: [
      one(
        "Tax",
        "STORE_TAX",
        byStripe ? "Computed by Stripe, on top of the price" : "None is charged",
        byStripe ? "From the buyer’s address, when they pay." : undefined,
      ),
      one(
        "Invoices and credit notes",
        "STORE_DOCUMENTS",
        env.STORE_DOCUMENTS === "on" ? "Issued for every paid order and refund" : "Not issued",
      ),
      one("Note where no tax is charged", "STORE_TAX_NOTE", env.STORE_TAX_NOTE),
    ],
  };
}

function describePayments(env: Env): SettingGroup {
  return {
    title: "Payments",
    settings: [
      one("Money", "STRIPE_SECRET_KEY", env.testMode ? "Test mode: no real money moves" : "Real money"),
      one(
        "Provider",
        "STRIPE_API_BASE",
        env.STRIPE_API_BASE ? `Stand-in at ${env.STRIPE_API_BASE}` : "Stripe",
      ),
      one("Secret key", "STRIPE_SECRET_KEY", maskKey(env.STRIPE_SECRET_KEY)),
      one(
        "Publishable key",
        "STRIPE_PUBLISHABLE_KEY",
        env.STRIPE_PUBLISHABLE_KEY ? maskKey(env.STRIPE_PUBLISHABLE_KEY) : null,
      ),
      one(
        "Webhook secrets",
        "STRIPE_WEBHOOK_SECRET",
        env.STRIPE_WEBHOOK_SECRET.map(maskKey),
        env.STRIPE_WEBHOOK_SECRET.length > 1 ? "Several are taken while one is rotated out." : undefined,
      ),
      one(
        "Payment page",
        "STRIPE_CHECKOUT_UI",
        env.STRIPE_CHECKOUT_UI === "embedded" ? "Inside the shop’s pages" : "Stripe’s own",
      ),
      one(
        "Invoices by Stripe",
        "STRIPE_INVOICES",
        env.STRIPE_INVOICES === "on" ? "Made beside the shop’s" : "Not made",
      ),
    ],
  };
}

function describeMail(env: Env): SettingGroup {
  return {
    title: "Mail",
    settings: [
      one("Sender", "MAIL_FROM", env.MAIL_FROM),
      one(
        "Provider",
        "RESEND_BASE_URL",
        env.RESEND_BASE_URL ? `Stand-in at ${env.RESEND_BASE_URL}` : "Resend",
      ),
      one("Key", "RESEND_API_KEY", maskKey(env.RESEND_API_KEY)),
    ],
  };
}

function describeSignIn(env: Env): SettingGroup {
  const provider = (id: string | undefined) => (id ? `Offered, as ${maskKey(id)}` : "Not offered");
  return {
    title: "Sign-in and signing",
    settings: [
      one("Google", "GOOGLE_CLIENT_ID", provider(env.GOOGLE_CLIENT_ID)),
      one("GitHub", "GITHUB_CLIENT_ID", provider(env.GITHUB_CLIENT_ID)),
      one("Sessions", "AUTH_SECRET", "A secret is set"),
      one(
        "Certificates",
        "CERTIFICATE_KEY",
        env.CERTIFICATE_KEY.length > 1
          ? `Signed with one key; ${env.CERTIFICATE_KEY.length - 1} older still verify`
          : "Signed with one key",
      ),
    ],
  };
}
