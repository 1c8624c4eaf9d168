import { makePrice, type PriceParams, shownCoupon } from "../api/catalogue";
import { getLivingCustomer } from "../api/customers";
import { invalidRequest, noSuch } from "../api/stripe-error";
import type { Core } from "../core";
import { blankSession } from "../store/blanks";
import type { Coupon, Discount, LineItem, Metadata, Session } from "../store/records";
import { checkChargeable } from "./currency";
import { customerDetails } from "./finish-session";
import { debitTypeFor } from "./payment-methods";

export interface LineItemParams {
  price?: string;
  price_data?: PriceParams;
  quantity?: number;
  metadata?: Metadata;
}

export interface SessionParams {
  allowed_payment_method_types?: string[];
  billing_address_collection?: string;
  cancel_url?: string;
  client_reference_id?: string;
  custom_text?: { submit?: { message: string } | "" };
  customer?: string;
  customer_creation?: string;
  customer_email?: string;
  discounts?: { coupon?: string; promotion_code?: string }[];
  excluded_payment_method_types?: string[];
  expires_at?: number;
  line_items?: LineItemParams[];
  locale?: string;
  metadata?: Metadata;
  mode?: string;
  payment_intent_data?: {
    description?: string;
    metadata?: Metadata;
    receipt_email?: string;
    statement_descriptor?: string;
    statement_descriptor_suffix?: string;
  };
  return_url?: string;
  submit_type?: string;
  success_url?: string;
  ui_mode?: string;
}

const MINUTE_SECONDS = 60;
const SHORTEST_SECONDS = 30 * MINUTE_SECONDS;
const LONGEST_SECONDS = 24 * 60 * MINUTE_SECONDS;
/** What a test or a slow clock may be off without being refused. */
const LENIENCY_SECONDS = 30;

/** Makes an open session with its prices frozen. `params` has passed the schema and `checkKnown`. */
export function createSession(core: Core, params: SessionParams): Session {
  const uiMode = params.ui_mode ?? "hosted_page";
  checkUrls(params, uiMode);
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: customer, customer_email.", {
      param: "customer",
    });
  }
  if (params.customer !== undefined && params.customer_creation !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: customer, customer_creation.", {
      param: "customer_creation",
    });
  }
  const customer =
    params.customer === undefined ? null : getLivingCustomer(core, params.customer, "customer");
  const now = core.clock.seconds();
  const expiresAt = readExpiry(params.expires_at, now);
  const id = core.ids.make("checkout_session");
  const coupon = readCoupon(core, params.discounts);
  const priced = priceItems(core, params.line_items ?? [], coupon);
  if (priced.total > 0)
    checkChargeable(priced.total, priced.currency, "The Checkout Session's total amount due");
  const discount = coupon === null ? null : makeDiscount(core, id, coupon, customer?.id ?? null, now);
  const email = params.customer_email ?? customer?.email ?? undefined;
  const data = params.payment_intent_data ?? {};
  const message = params.custom_text?.submit;
  const submitText = typeof message === "object" ? { message: message.message } : null;
  core.store.checkouts.put({
    id,
    line_items: priced.items,
    discount,
    payment_intent_data: {
      description: data.description ?? null,
      metadata: data.metadata ?? {},
      receipt_email: data.receipt_email ?? null,
      statement_descriptor: data.statement_descriptor ?? null,
      statement_descriptor_suffix: data.statement_descriptor_suffix ?? null,
    },
    typed: null,
    custom_text: submitText?.message ?? null,
    debit: null,
  });
  core.jobs.add("expire_session", id, expiresAt - core.clock.now() / 1000);
  return core.store.sessions.put({
    ...blankSession,
    id,
    object: "checkout.session",
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: priced.subtotal,
    amount_total: priced.total,
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: uiMode === "hosted_page" ? null : `${id}_${core.ids.make("client_secret")}`,
    created: now,
    currency: priced.currency,
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: submitText,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_creation: customer ? null : (params.customer_creation ?? "if_required"),
    customer_details: email === undefined ? null : { ...customerDetails({ email }), tax_ids: null },
    customer_email: params.customer_email ?? null,
    discounts: coupon === null ? [] : [{ coupon: coupon.id, promotion_code: null }],
    ...(params.excluded_payment_method_types
      ? { excluded_payment_method_types: params.excluded_payment_method_types }
      : {}),
    expires_at: expiresAt,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: {},
        rendering_options: null,
      },
    },
    livemode: false,
    locale: params.locale ?? null,
    metadata: params.metadata ?? {},
    payment_intent: null,
    payment_method_options: { card: { request_three_d_secure: "automatic" } },
    payment_method_types: methodTypes(params, priced.currency, priced.total),
    payment_status: priced.total === 0 ? "no_payment_required" : "unpaid",
    ...(params.return_url ? { return_url: params.return_url } : {}),
    status: "open",
    submit_type: params.submit_type ?? null,
    success_url: params.success_url ?? null,
    total_details: { amount_discount: priced.discount, amount_shipping: 0, amount_tax: 0 },
    ui_mode: uiMode,
    url: uiMode === "hosted_page" ? `${core.publicUrl}/c/pay/${id}` : null,
  });
}

function checkUrls(params: SessionParams, uiMode: string): void {
  if (uiMode === "hosted_page" && params.success_url === undefined) {
    throw invalidRequest("Missing required param: success_url.", {
      code: "parameter_missing",
      param: "success_url",
    });
  }
  for (const name of ["success_url", "cancel_url", "return_url"] as const) {
    const url = params[name];
    if (url === undefined) continue;
    // The placeholder's braces are fine in a query but not everywhere in an address.
    if (!URL.canParse(url.replaceAll("{CHECKOUT_SESSION_ID}", "cs_test")) || !/^https?:\/\//.test(url)) {
      throw invalidRequest(`Not a valid URL`, { code: "url_invalid", param: name });
    }
  }
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

function readCoupon(core: Core, discounts: SessionParams["discounts"]): Coupon | null {
  if (discounts === undefined || discounts.length === 0) return null;
  const [first] = discounts;
  if (discounts.length > 1)
    throw invalidRequest("You can only apply one discount to a Checkout Session.", { param: "discounts" });
  if (first?.promotion_code !== undefined)
    throw noSuch("promotion code", first.promotion_code, "discounts[0][promotion_code]");
  if (first?.coupon === undefined) {
    throw invalidRequest("Missing required param: discounts[0][coupon].", {
      code: "parameter_missing",
      param: "discounts[0][coupon]",
    });
  }
  const coupon = core.store.coupons.get(first.coupon);
  if (coupon === undefined) throw noSuch("coupon", first.coupon, "discounts[0][coupon]");
  if (!shownCoupon(core, coupon).valid) {
    throw invalidRequest(`Coupon ${coupon.id} is used up or has expired.`, {
      code: "coupon_expired",
      param: "discounts[0][coupon]",
    });
  }
  return coupon;
}

interface Priced {
  items: LineItem[];
  currency: string;
  subtotal: number;
  discount: number;
  total: number;
}

function priceItems(core: Core, lines: LineItemParams[], coupon: Coupon | null): Priced {
  if (lines.length === 0) {
    throw invalidRequest("Missing required param: line_items.", {
      code: "parameter_missing",
      param: "line_items",
    });
  }
  const undiscounted = lines.map((line, index) => toLineItem(core, line, index));
  const currency = undiscounted[0]?.currency ?? "usd";
  if (undiscounted.some((item) => item.currency !== currency)) {
    throw invalidRequest("All line items must have the same currency.", { param: "line_items" });
  }
  const subtotal = undiscounted.reduce((sum, item) => sum + item.amount_subtotal, 0);
  const discount = coupon === null ? 0 : discountOf(coupon, subtotal, currency);
  const shares = splitByWeight(
    discount,
    undiscounted.map((item) => item.amount_subtotal),
  );
  const items = undiscounted.map((item, index) => {
    const share = shares[index] ?? 0;
    return { ...item, amount_discount: share, amount_total: item.amount_subtotal - share };
  });
  return { items, currency, subtotal, discount, total: subtotal - discount };
}

function toLineItem(core: Core, line: LineItemParams, index: number): LineItem {
  const at = `line_items[${index}]`;
  if ((line.price === undefined) === (line.price_data === undefined)) {
    throw invalidRequest(`You must pass either \`price\` or \`price_data\` in ${at}.`, {
      code: "parameter_missing",
      param: at,
    });
  }
  const price = line.price_data
    ? makePrice(core, line.price_data, `${at}[price_data]`, false)
    : core.store.prices.get(line.price ?? "");
  if (price === undefined) throw noSuch("price", line.price ?? "", `${at}[price]`);
  if (line.price !== undefined && !price.active) {
    throw invalidRequest(`The price specified is inactive. This field only accepts active prices.`, {
      param: `${at}[price]`,
    });
  }
  const { quantity } = line;
  if (quantity === undefined || quantity < 1) {
    const message =
      quantity === undefined ? `Missing required param: ${at}[quantity].` : "Quantity must be at least 1.";
    throw invalidRequest(message, {
      code: quantity === undefined ? "parameter_missing" : "parameter_invalid_integer",
      param: `${at}[quantity]`,
    });
  }
  const amount = price.unit_amount * quantity;
  return {
    id: core.ids.make("line_item"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: core.store.products.get(price.product)?.name ?? "",
    metadata: line.metadata ?? {},
    price,
    quantity,
  };
}

function discountOf(coupon: Coupon, subtotal: number, currency: string): number {
  if (coupon.percent_off !== null) return Math.round((subtotal * coupon.percent_off) / 100);
  if (coupon.currency !== currency) {
    throw invalidRequest(
      `Coupon ${coupon.id} is in ${coupon.currency}, but the line items are in ${currency}.`,
      {
        param: "discounts[0][coupon]",
      },
    );
  }
  return Math.min(coupon.amount_off ?? 0, subtotal);
}

/** Splits a whole amount over weights by largest remainder: the parts always add up. */
function splitByWeight(amount: number, weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (amount * weight) / sum);
  const parts = exact.map(Math.floor);
  const missing = amount - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((part, index) => ({ index, rest: part - Math.floor(part) }))
    .sort((a, b) => b.rest - a.rest);
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

function makeDiscount(
  core: Core,
  session: string,
  coupon: Coupon,
  customer: string | null,
  now: number,
): Discount {
  return {
    id: core.ids.make("discount"),
    object: "discount",
    checkout_session: session,
    customer,
    customer_account: null,
    end: null,
    invoice: null,
    invoice_item: null,
    promotion_code: null,
    source: { coupon: coupon.id, type: "coupon" },
    start: now,
    subscription: null,
    subscription_item: null,
  };
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
