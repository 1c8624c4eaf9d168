import type { Core } from "../core";
import type { Session } from "../store/records";
import { minimumAmount } from "./currency";
import { makeDiscount } from "./discounts";
import { discountItems } from "./price-items";
import { findActive, refusePromotionCode } from "./promotion-codes";
import { taxItems } from "./tax";

export type Promotion = { ok: true; session: Session } | { ok: false; message: string };

/** Puts a code that the buyer typed on an open session; the tax of a country follows when they pay. */
export function promoteSession(core: Core, session: Session, text: string): Promotion {
  const invalid = { ok: false, message: "This code is invalid." } as const;
  const checkout = core.store.checkouts.get(session.id);
  if (session.status !== "open" || !session.allow_promotion_codes || !checkout) return invalid;
  if (session.discounts.length > 0) return { ok: false, message: "Only one code can be used." };
  const code = findActive(core, text);
  const coupon = code && core.store.coupons.get(code.promotion.coupon);
  if (!code || !coupon) return invalid;
  const { customer, currency, amount_subtotal: amount } = session;
  const message = refusePromotionCode(core, code, { customer, amount, currency });
  if (message !== null) return { ok: false, message };
  if (coupon.amount_off !== null && coupon.currency !== currency) return invalid;
  const { items, discount } = discountItems(checkout.line_items, coupon, currency);
  const taxed = taxItems(core, items, { place: null, rates: checkout.tax_rates ?? {} });
  const total = taxed.items.reduce((sum, item) => sum + item.amount_total, 0);
  if (total > 0 && total < minimumAmount(currency))
    return { ok: false, message: "With this code the order is too small to be paid by card." };
  core.store.checkouts.update(session.id, {
    discount: makeDiscount(core, { session: session.id, coupon, customer, promotionCode: code.id }),
    line_items: taxed.items,
    taxes: taxed.taxes,
  });
  const promoted = core.store.sessions.update(session.id, {
    amount_total: total,
    discounts: [{ coupon: coupon.id, promotion_code: code.id }],
    total_details: {
      amount_discount: discount,
      amount_shipping: 0,
      amount_tax: taxed.items.reduce((sum, item) => sum + item.amount_tax, 0),
    },
  });
  return { ok: true, session: promoted };
}
