import type { Core } from "../core";
import type { Coupon, LineItem, PromotionCode } from "../store/catalog-records";
import type { Metadata } from "../store/record";
import { invalidRequest, noSuch } from "../stripe-error";
import { shownCoupon } from "./coupons";
import { makePrice, type PriceParams } from "./products";
import { refusePromotionCode, shownPromotionCode } from "./promotion-codes";

export interface DiscountParams {
  coupon?: string;
  promotion_code?: string;
}

export interface LineItemParams {
  price?: string;
  price_data?: PriceParams;
  quantity?: number;
  tax_rates?: string[];
  metadata?: Metadata;
}

interface ChosenDiscount {
  coupon: Coupon | null;
  promotionCode: PromotionCode | null;
}

/** What a session is to be reduced by. Throws Stripe's error when it cannot be used. */
export function readDiscount(core: Core, discounts: DiscountParams[] | undefined): ChosenDiscount {
  if (discounts === undefined || discounts.length === 0) return { coupon: null, promotionCode: null };
  const [first] = discounts;
  if (discounts.length > 1)
    throw invalidRequest("You can only apply one discount to a Checkout Session.", { param: "discounts" });
  if (first?.promotion_code !== undefined) return readPromotionCode(core, first.promotion_code);
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
  return { coupon, promotionCode: null };
}

function readPromotionCode(core: Core, id: string): ChosenDiscount {
  const param = "discounts[0][promotion_code]";
  const promotionCode = core.store.promotionCodes.get(id);
  if (promotionCode === undefined) throw noSuch("promotion code", id, param);
  const coupon = core.store.coupons.get(promotionCode.promotion.coupon);
  if (coupon && shownPromotionCode(core, promotionCode).active) return { coupon, promotionCode };
  throw invalidRequest("This promotion code cannot be redeemed because it is not active.", {
    code: "promotion_code_inactive",
    param,
  });
}

/** Throws when the code's own conditions are not met. */
export function checkPromotionCode(
  core: Core,
  promotionCode: PromotionCode | null,
  customer: string | null,
  priced: { subtotal: number; currency: string },
): void {
  if (promotionCode === null) return;
  const of = { customer, amount: priced.subtotal, currency: priced.currency };
  const message = refusePromotionCode(core, promotionCode, of);
  if (message !== null) throw invalidRequest(message, { param: "discounts[0][promotion_code]" });
}

interface Priced {
  items: LineItem[];
  currency: string;
  subtotal: number;
  discount: number;
  total: number;
}

/** Line items with the discount split over them. Throws Stripe's error for what cannot be sold. */
export function priceItems(core: Core, lines: LineItemParams[], coupon: Coupon | null): Priced {
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
  const { items, discount } = discountItems(undiscounted, coupon, currency);
  const subtotal = items.reduce((sum, item) => sum + item.amount_subtotal, 0);
  return { items, currency, subtotal, discount, total: subtotal - discount };
}

/** The items with their part of the discount. Throws when the coupon is of another currency. */
export function discountItems(
  undiscounted: readonly LineItem[],
  coupon: Coupon | null,
  currency: string,
): { items: LineItem[]; discount: number } {
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
  return { items, discount };
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
