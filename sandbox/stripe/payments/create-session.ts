import type { Core } from "../core";
import { blankSession } from "../store/blanks";
import type { Discount, ItemTax, LineItem } from "../store/catalog-records";
import type { Metadata } from "../store/record";
import type { Customer, Session } from "../store/records";
import { invalidRequest } from "../stripe-error";
import { checkChargeable } from "./currency";
import { getLivingCustomer, isEmailAddress } from "./customers";
import { makeDiscount } from "./discounts";
import { customerDetails, payPage } from "./finish-session";
import { debitTypeFor } from "./payment-methods";
import {
  checkPromotionCode,
  type DiscountParams,
  type LineItemParams,
  priceItems,
  readDiscount,
} from "./price-items";
import { type InvoiceCreationParams, readInvoiceCreation } from "./session-invoice";
import {
  checkSessionTax,
  NO_AUTOMATIC_TAX,
  placeOfCustomer,
  readTaxRates,
  type SessionTaxParams,
} from "./session-tax";
import { checkSessionUrls } from "./session-urls";
import { taxItems } from "./tax";

export interface SessionParams extends SessionTaxParams {
  allow_promotion_codes?: boolean;
  allowed_payment_method_types?: string[];
  billing_address_collection?: string;
  cancel_url?: string;
  client_reference_id?: string;
  custom_text?: { submit?: { message: string } | "" };
  customer?: string;
  customer_creation?: string;
  customer_email?: string;
  discounts?: DiscountParams[];
  excluded_payment_method_types?: string[];
  expires_at?: number;
  line_items?: LineItemParams[];
  invoice_creation?: InvoiceCreationParams;
  locale?: string;
  metadata?: Metadata;
  mode?: string;
  payment_intent_data?: {
    description?: string;
    metadata?: Metadata;
    receipt_email?: string;
    shipping?: object;
    statement_descriptor?: string;
    statement_descriptor_suffix?: string;
  };
  redirect_on_completion?: "always" | "if_required" | "never";
  return_url?: string;
  submit_type?: string;
  success_url?: string;
  ui_mode?: "hosted_page" | "embedded_page";
}

const MINUTE_SECONDS = 60;
const SHORTEST_SECONDS = 30 * MINUTE_SECONDS;
const LONGEST_SECONDS = 24 * 60 * MINUTE_SECONDS;
/** What a test or a slow clock may be off without being refused. */
const LENIENCY_SECONDS = 30;

/** Makes an open session with its prices frozen. Throws Stripe's error for what cannot be sold or used. */
export function createSession(core: Core, params: SessionParams): Session {
  checkSessionUrls(params);
  const customer = readCustomer(core, params);
  checkSessionTax(params, customer);
  const embedded = params.ui_mode === "embedded_page";
  const now = core.clock.seconds();
  const expiresAt = readExpiry(params.expires_at, now);
  const id = core.ids.make("checkout_session");
  if (params.allow_promotion_codes && params.discounts !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: allow_promotion_codes, discounts.", {
      param: "allow_promotion_codes",
    });
  }
  const { coupon, promotionCode } = readDiscount(core, params.discounts);
  const priced = priceItems(core, params.line_items ?? [], coupon);
  checkPromotionCode(core, promotionCode, customer?.id ?? null, priced);
  const { currency } = priced;
  const automatic = params.automatic_tax?.enabled === true;
  const rates = readTaxRates(core, params.line_items ?? [], priced.items);
  const place = automatic ? placeOfCustomer(customer) : null;
  const taxed = taxItems(core, priced.items, { place, rates });
  const tax = taxed.items.reduce((sum, item) => sum + item.amount_tax, 0);
  const total = taxed.items.reduce((sum, item) => sum + item.amount_total, 0);
  if (total > 0) checkChargeable(total, currency, "The Checkout Session's total amount due");
  const of = { session: id, customer: customer?.id ?? null, promotionCode: promotionCode?.id ?? null };
  const discount = coupon === null ? null : makeDiscount(core, { ...of, coupon });
  putCheckout(core, id, params, { ...taxed, rates }, discount);
  core.jobs.add("expire_session", id, expiresAt - core.clock.now() / 1000);
  const email = params.customer_email ?? customer?.email ?? undefined;
  const excluded = params.excluded_payment_method_types;
  return core.store.sessions.put({
    ...blankSession,
    id,
    object: "checkout.session",
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: priced.subtotal,
    amount_total: total,
    automatic_tax: automatic
      ? {
          enabled: true,
          liability: { type: "self" },
          provider: "stripe",
          status: place === null ? "requires_location_inputs" : "complete",
        }
      : NO_AUTOMATIC_TAX,
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_secret: embedded ? `${id}_${core.ids.make("client_secret")}` : null,
    client_reference_id: params.client_reference_id ?? null,
    created: now,
    currency,
    custom_text: { ...blankSession.custom_text, submit: submitText(params) },
    customer: customer?.id ?? null,
    customer_creation: customer ? null : customerCreation(params),
    customer_details: email === undefined ? null : { ...customerDetails({ email }), tax_ids: null },
    customer_email: params.customer_email ?? null,
    discounts: coupon === null ? [] : [{ coupon: coupon.id, promotion_code: promotionCode?.id ?? null }],
    ...(excluded ? { excluded_payment_method_types: excluded } : {}),
    expires_at: expiresAt,
    invoice: null,
    invoice_creation: readInvoiceCreation(params.invoice_creation),
    livemode: false,
    locale: params.locale ?? null,
    metadata: params.metadata ?? {},
    payment_intent: null,
    payment_method_types: methodTypes(params, currency, total),
    payment_status: total === 0 ? "no_payment_required" : "unpaid",
    status: "open",
    ...(embedded ? { redirect_on_completion: params.redirect_on_completion ?? "always" } : {}),
    ...(params.return_url === undefined ? {} : { return_url: params.return_url }),
    submit_type: params.submit_type ?? null,
    success_url: params.success_url ?? null,
    ...(params.tax_id_collection
      ? {
          tax_id_collection: {
            enabled: params.tax_id_collection.enabled,
            required: params.tax_id_collection.required ?? "never",
          },
        }
      : {}),
    total_details: { amount_discount: priced.discount, amount_shipping: 0, amount_tax: tax },
    ui_mode: embedded ? "embedded_page" : "hosted_page",
    url: embedded ? null : payPage(core, id),
  });
}

function putCheckout(
  core: Core,
  id: string,
  params: SessionParams,
  priced: {
    items: LineItem[];
    taxes: Record<string, ItemTax[]>;
    rates: Record<string, string[]>;
  },
  discount: Discount | null,
): void {
  const data = params.payment_intent_data ?? {};
  core.store.checkouts.put({
    id,
    line_items: priced.items,
    taxes: priced.taxes,
    tax_rates: priced.rates,
    ...(params.customer_update ? { customer_update: params.customer_update } : {}),
    discount,
    payment_intent_data: {
      description: data.description ?? null,
      metadata: data.metadata ?? {},
      receipt_email: data.receipt_email ?? null,
      shipping: data.shipping ?? null,
      statement_descriptor: data.statement_descriptor ?? null,
      statement_descriptor_suffix: data.statement_descriptor_suffix ?? null,
    },
    typed: null,
    custom_text: submitText(params)?.message ?? null,
    debit: null,
  });
}

/** An invoice is somebody's: without a customer the session makes one. */
function customerCreation(params: SessionParams): string {
  return params.invoice_creation?.enabled ? "always" : (params.customer_creation ?? "if_required");
}

function submitText(params: SessionParams): { message: string } | null {
  const text = params.custom_text?.submit;
  return typeof text === "object" ? { message: text.message } : null;
}

function readCustomer(core: Core, params: SessionParams): Customer | null {
  const { customer, customer_email: email } = params;
  for (const other of ["customer_email", "customer_creation"] as const) {
    if (customer !== undefined && params[other] !== undefined) {
      throw invalidRequest(`You may only specify one of these parameters: customer, ${other}.`, {
        param: other,
      });
    }
  }
  if (email !== undefined && !isEmailAddress(email)) {
    throw invalidRequest(`Invalid email address: ${email}`, {
      code: "email_invalid",
      param: "customer_email",
    });
  }
  return customer === undefined ? null : getLivingCustomer(core, customer, "customer");
}

function readExpiry(asked: number | undefined, now: number): number {
  if (asked === undefined) return now + LONGEST_SECONDS;
  if (asked < now + SHORTEST_SECONDS - LENIENCY_SECONDS) {
    throw invalidRequest(
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
      { param: "expires_at" },
    );
  }
  if (asked > now + LONGEST_SECONDS + LENIENCY_SECONDS) {
    throw invalidRequest(
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
      { param: "expires_at" },
    );
  }
  return asked;
}

function methodTypes(params: SessionParams, currency: string, total: number): string[] {
  const debit = debitTypeFor(currency);
  const possible = debit === null ? ["card"] : ["card", debit];
  const offered = possible.filter(
    (type) =>
      (params.allowed_payment_method_types?.includes(type) ?? true) &&
      !(params.excluded_payment_method_types?.includes(type) ?? false),
  );
  if (offered.length > 0 || total === 0) return offered;
  throw invalidRequest(
    `No payment method of the sandbox is left for ${currency}. It offers: ${possible.join(", ")}.`,
    {
      param: "allowed_payment_method_types",
    },
  );
}
