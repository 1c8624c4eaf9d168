import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { env } from "@/lib/env";
import type { UserId } from "@/lib/ids";
import type { Minor } from "@/lib/money";
import { isEmbeddedAddress } from "@/lib/payments/embedded-address";
import { retrieveClientSecret, StripeUnavailable } from "@/lib/payments/stripe";

export type EmbeddedCheckout =
  | {
      readonly kind: "open";
      readonly orderNumber: string;
      readonly totalAmount: Minor;
      readonly currency: string;
      readonly clientSecret: string;
      readonly publishableKey: string;
      /** Null: Stripe's own script. */
      readonly scriptUrl: string | null;
    }
  /** Paid in the meantime; the session leads to the page of thanks. */
  | { readonly kind: "complete"; readonly sessionId: string }
  | { readonly kind: "expired" }
  | { readonly kind: "unavailable" };

/** What our page around Stripe's needs for this learner's order; null when they have no such order to pay there. */
export async function findEmbeddedCheckout(
  userId: UserId,
  orderNumber: string,
): Promise<EmbeddedCheckout | null> {
  const { APP_URL, STRIPE_API_BASE, STRIPE_PUBLISHABLE_KEY = "" } = env();
  const [order] = await db()
    .select({
      status: orders.status,
      sessionId: orders.stripeCheckoutSessionId,
      url: orders.stripeCheckoutUrl,
      totalAmount: orders.totalAmount,
      currency: orders.currency,
    })
    .from(orders)
    .where(and(eq(orders.orderNumber, orderNumber), eq(orders.userId, userId)));
  if (!order?.sessionId || !isEmbeddedAddress(APP_URL, order.url)) return null;
  const { sessionId, totalAmount, currency } = order;
  if (order.status === "expired" || order.status === "failed") return { kind: "expired" };
  if (order.status !== "pending") return { kind: "complete", sessionId };
  try {
    const found = await retrieveClientSecret(sessionId);
    if ("closed" in found)
      return found.closed === "complete" ? { kind: "complete", sessionId } : { kind: "expired" };
    return {
      kind: "open",
      orderNumber,
      totalAmount,
      currency,
      clientSecret: found.clientSecret,
      publishableKey: STRIPE_PUBLISHABLE_KEY,
      scriptUrl: STRIPE_API_BASE === undefined ? null : new URL("/endive/stripe.js", STRIPE_API_BASE).href,
    };
  } catch (error) {
    if (!(error instanceof StripeUnavailable)) throw error;
    return { kind: "unavailable" };
  }
}
