import type { Core } from "../core";
import type { Session } from "../store/records";
import { redeemDiscount } from "./discounts";
import { invoiceSession } from "./invoices";
import { cancelIntent } from "./payment-intents";
import type { Buyer } from "./payment-methods";
import { updateCustomer } from "./session-tax";

export function customerDetails(buyer: Partial<Buyer>) {
  const address =
    buyer.country === undefined
      ? null
      : {
          city: null,
          country: buyer.country,
          line1: null,
          line2: null,
          postal_code: buyer.postal_code || null,
          state: null,
        };
  return {
    address,
    business_name: buyer.business_name || null,
    email: buyer.email ?? null,
    individual_name: null,
    name: buyer.name ?? null,
    phone: null,
    tax_exempt: "none",
    tax_ids: buyer.tax_id ? [buyer.tax_id] : [],
  };
}

/** Closes an open session as complete; whether money has come is `paymentStatus`. */
export function completeSession(
  core: Core,
  session: Session,
  paymentStatus: Session["payment_status"],
  buyer: Buyer,
): Session {
  const closed = core.store.sessions.update(session.id, {
    customer_details: customerDetails(buyer),
    payment_status: paymentStatus,
    client_secret: null,
    status: "complete",
    url: null,
  });
  core.jobs.cancel("expire_session", session.id);
  updateCustomer(core, closed, buyer);
  const completed = paymentStatus === "unpaid" ? closed : invoiceSession(core, closed);
  redeemDiscount(core, completed.discounts[0]);
  core.events.emit("checkout.session.completed", completed);
  return completed;
}

/** Closes an open session unpaid, by its time, by the API or by the dashboard. */
export function expireSession(core: Core, session: Session): Session {
  const expired = core.store.sessions.update(session.id, {
    client_secret: null,
    status: "expired",
    url: null,
  });
  core.jobs.cancel("expire_session", session.id);
  const intent =
    session.payment_intent === null ? undefined : core.store.paymentIntents.get(session.payment_intent);
  if (intent && intent.status !== "canceled" && intent.status !== "succeeded")
    cancelIntent(core, intent, "expired");
  core.events.emit("checkout.session.expired", expired);
  return expired;
}

/** Where the browser goes after paying, with the session's id filled in; null when the shop's page stays. */
export function successUrl(session: Session): string | null {
  const stays = session.redirect_on_completion !== undefined && session.redirect_on_completion !== "always";
  const url = stays ? null : (session.success_url ?? session.return_url);
  return url?.replaceAll("{CHECKOUT_SESSION_ID}", session.id) ?? null;
}

/** The payment page's address. In a shop's frame it proves with the secret that the shop has let the buyer in. */
export function payPage(core: Core, id: string, secret: string | null = null): string {
  return `${core.publicUrl}/c/pay/${id}${secret === null ? "" : `?client_secret=${secret}`}`;
}
