import { LEAST_LIFE_TO_OPEN_MS, LEAST_LIFE_TO_RESUME_MS } from "./schema";

/** Whether a pending order can still lead to Stripe's page: its session has time left, or there is time to open one. */
export function isPayable(
  order: { readonly expiresAt: Date; readonly stripeCheckoutUrl: string | null },
  now: Date,
): boolean {
  const left = order.expiresAt.getTime() - now.getTime();
  return left > (order.stripeCheckoutUrl ? LEAST_LIFE_TO_RESUME_MS : LEAST_LIFE_TO_OPEN_MS);
}
