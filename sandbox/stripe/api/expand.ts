import type { Core } from "../core";
import { shownCoupon } from "../payments/coupons";
import { shownPromotionCode } from "../payments/promotion-codes";
import { taxBreakdown } from "../payments/tax";
import { schema } from "../schema/schema";
import type { CheckoutRow } from "../store/rows";
import { invalidRequest } from "../stripe-error";

const DEEPEST = 4;

type Found = object | undefined;

/** Where an id leads, by its prefix; coupon ids have none and are looked up by the field's name. */
function findById(core: Core, field: string, id: string): Found {
  const { store } = core;
  if (field === "coupon") {
    const coupon = store.coupons.get(id);
    return coupon && shownCoupon(core, coupon);
  }
  const prefix = id.slice(0, id.indexOf("_"));
  const tables: Record<string, (id: string) => Found> = {
    in: (key) => store.invoices.get(key),
    ch: (key) => store.charges.get(key),
    cus: (key) => shownCustomer(store.customers.get(key)),
    du: (key) => store.disputes.get(key),
    pi: (key) => store.paymentIntents.get(key),
    pm: (key) => store.paymentMethods.get(key),
    promo: (key) => {
      const code = store.promotionCodes.get(key);
      return code && shownPromotionCode(core, code);
    },
    price: (key) => store.prices.get(key),
    prod: (key) => store.products.get(key),
    py: (key) => store.charges.get(key),
    re: (key) => store.refunds.get(key),
    txn: (key) => store.balanceTransactions.get(key),
  };
  return tables[prefix]?.(id);
}

/** A deleted customer shows nothing but that it is deleted. */
export function shownCustomer<C extends { id: string; deleted?: true }>(customer: C | undefined): Found {
  if (customer?.deleted) return { id: customer.id, object: "customer", deleted: true };
  return customer;
}

/** Parts that are absent unless asked for: what puts them in, by "object.path". */
const INCLUDED_ON_REQUEST: Record<string, (core: Core, owner: { id?: string }) => unknown> = {
  "charge.refunds": (core, owner) => ({
    object: "list",
    data: core.store.refunds.where("charge", owner.id ?? "").reverse(),
    has_more: false,
    url: `/v1/charges/${owner.id}/refunds`,
  }),
  "checkout.session.line_items": (core, owner) => ({
    object: "list",
    data: core.store.checkouts.get(owner.id ?? "")?.line_items ?? [],
    has_more: false,
    url: `/v1/checkout/sessions/${owner.id}/line_items`,
  }),
  "checkout.session.total_details.breakdown": (core, owner) => {
    const checkout = core.store.checkouts.get(owner.id ?? "");
    const amount = core.store.sessions.get(owner.id ?? "")?.total_details.amount_discount ?? 0;
    return {
      discounts: checkout?.discount ? [{ amount, discount: checkout.discount }] : [],
      taxes: taxBreakdown(checkout?.taxes ?? {}),
    };
  },
  "invoice.payments": (core, owner) => ({
    object: "list",
    data: core.store.invoicePayments.where("invoice", owner.id ?? ""),
    has_more: false,
    url: `/v1/invoice_payments?invoice=${owner.id}`,
  }),
  "customer.sources": (_, owner) => ({
    object: "list",
    data: [],
    has_more: false,
    url: `/v1/customers/${owner.id}/sources`,
  }),
  "item.discounts": (core, owner) => lineItemDiscounts(core, owner.id ?? ""),
  "item.taxes": (core, owner) => checkoutOf(core, owner.id ?? "")?.taxes?.[owner.id ?? ""] ?? [],
};

function checkoutOf(core: Core, lineItemId: string): CheckoutRow | undefined {
  return core.store.checkouts
    .newestFirst()
    .find((checkout) => checkout.line_items.some((one) => one.id === lineItemId));
}

function lineItemDiscounts(core: Core, id: string) {
  const checkout = checkoutOf(core, id);
  const item = checkout?.line_items.find((one) => one.id === id);
  if (item === undefined || !checkout?.discount) return [];
  return [{ amount: item.amount_discount, discount: checkout.discount }];
}

type Json = { [name: string]: unknown };

/** A copy of the answer in which the named ids have become objects. Throws for a path that cannot be expanded. */
export function expandAnswer(core: Core, answer: object, paths: readonly string[]): object {
  let expanded: Json = { ...answer };
  for (const path of paths) {
    const parts = path.split(".");
    if (parts.length > DEEPEST) {
      throw invalidRequest(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`, {
        param: "expand",
      });
    }
    expanded = expandInto(core, expanded, parts, path);
  }
  return expanded;
}

interface Owner {
  name: string;
  id: string | undefined;
  /** From the owner down to where we are, with a dot at its end. */
  prefix: string;
}

function expandInto(core: Core, value: Json, parts: readonly string[], whole: string, within?: Owner): Json {
  const [field, ...rest] = parts;
  if (field === undefined) return value;
  const owner: Owner =
    typeof value.object === "string"
      ? { name: value.object, id: textOf(value.id), prefix: "" }
      : (within ?? { name: "", id: undefined, prefix: "" });
  const at = owner.prefix + field;
  const isListData = owner.name === "list" && field === "data";
  const inside: Owner = { ...owner, prefix: `${at}.` };
  const next = (child: unknown): unknown => {
    if (Array.isArray(child)) return child.map(next);
    return isJson(child) ? expandInto(core, child, rest, whole, inside) : child;
  };
  const include = INCLUDED_ON_REQUEST[`${owner.name}.${at}`];
  const current = value[field] ?? include?.(core, { ...(owner.id === undefined ? {} : { id: owner.id }) });
  const expandable = schema.expandable.get(owner.name)?.has(at) === true;
  if (rest.length === 0 && !expandable && include === undefined) {
    throw invalidRequest(`This property cannot be expanded (${whole}).`, { param: "expand" });
  }
  if (!expandable && include === undefined && !isListData && current === undefined) {
    throw invalidRequest(`This property cannot be expanded (${whole}).`, { param: "expand" });
  }
  if (typeof current === "string" && expandable)
    return { ...value, [field]: next(findById(core, field, current) ?? current) };
  return { ...value, [field]: next(current) ?? null };
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
