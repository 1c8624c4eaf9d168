import { eq } from "drizzle-orm";
import { enrollments } from "@/db/schema/learning";
import { addToCart } from "@/lib/cart/mutations";
import { getCart } from "@/lib/cart/queries";
import { startCheckout } from "@/lib/checkout/mutations";
import { applyCoupon } from "@/lib/coupons/mutations";
import type { UserId } from "@/lib/ids";
import type { startTestShop } from "../../support/shop";

export type TestShop = Awaited<ReturnType<typeof startTestShop>>;

/** Fills a learner's cart. */
export async function fillCart(userId: UserId, slugs: readonly string[], code?: string): Promise<void> {
  for (const slug of slugs) {
    const added = await addToCart({ kind: "learner", userId }, slug);
    if (!added.ok) throw new Error(`cannot add ${slug}: ${added.error}`);
  }
  if (code) {
    const applied = await applyCoupon({ kind: "learner", userId }, code);
    if (!applied.ok) throw new Error(`cannot apply ${code}: ${applied.error.rule}`);
  }
}

/** Presses the cart's button. */
export async function pressCheckout(userId: UserId, now = new Date()) {
  const cart = await getCart({ kind: "learner", userId });
  return startCheckout(userId, cart.priced.totalAmount, now);
}

/** From courses to an open session. */
export async function openCheckout(shop: TestShop, userId: UserId, slugs: readonly string[], code?: string) {
  await fillCart(userId, slugs, code);
  const started = await pressCheckout(userId);
  if (!started.ok) throw new Error(`checkout refused: ${started.error.code}`);
  const order = await shop.factories.order(started.value.orderNumber);
  return { order, sessionId: order.stripeCheckoutSessionId ?? "" };
}

/** Slugs do not matter here: how many seats, and in which state. */
export async function listSeats(shop: TestShop, userId: UserId) {
  return shop.db
    .select({ courseId: enrollments.courseId, status: enrollments.status, type: enrollments.enrollmentType })
    .from(enrollments)
    .where(eq(enrollments.userId, userId));
}

/** The sessions at Stripe that this customer could still pay, newest first. */
export async function listOpenSessions({ sandboxUrl }: TestShop, customer: string | null): Promise<string[]> {
  const data = await listAtStripe(sandboxUrl, `checkout/sessions?status=open&limit=100&customer=${customer}`);
  return data.map(({ id }) => id);
}

/** The refunds of a payment as Stripe has them. */
export const listStripeRefunds = ({ sandboxUrl }: TestShop, intent: string | null) =>
  listAtStripe(sandboxUrl, `refunds?payment_intent=${intent}&limit=100`);

async function listAtStripe(origin: string, what: string) {
  const response = await fetch(`${origin}/v1/${what}`, {
    headers: { authorization: "Bearer sk_test_tests" },
  });
  if (!response.ok) throw new Error(`GET ${what}: ${response.status}`);
  const { data } = (await response.json()) as {
    data: { id: string; amount: number; status: string; client_reference_id?: string }[];
  };
  return data;
}
