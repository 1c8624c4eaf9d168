import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { EmbeddedCheckout } from "@/components/cart/embedded-checkout";
import { PostForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { startHostedCheckoutAction } from "@/lib/checkout/actions";
import { findEmbeddedCheckout } from "@/lib/checkout/queries";
import { requireViewer } from "@/lib/identity/session";
import { formatMoney } from "@/lib/money";
import { orderNumber } from "@/lib/orders/schema";

export const metadata: Metadata = { title: "Payment" };

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** Stripe's payment page inside ours, for shops with STRIPE_CHECKOUT_UI=embedded. The order is made before one comes here. */
export default async function CheckoutPage({ searchParams }: PageProps<"/checkout">) {
  const named = orderNumber.safeParse(first((await searchParams).order));
  if (!named.success) redirect("/cart");
  const viewer = await requireViewer(`/checkout?order=${named.data}`);
  const checkout = await findEmbeddedCheckout(viewer.userId, named.data);
  if (!checkout) redirect("/cart");
  if (checkout.kind === "expired") redirect("/cart?canceled" as Route);
  if (checkout.kind === "unavailable") redirect("/cart?problem=payment_unavailable" as Route);
  if (checkout.kind === "complete") redirect(`/checkout/success?session_id=${checkout.sessionId}` as Route);
  const { clientSecret, publishableKey, scriptUrl, totalAmount, currency } = checkout;
  return (
    <>
      <h1 className="text-3xl font-display tracking-display">Payment</h1>
      <p className="mt-2 mb-6 text-ink-soft">
        Order {checkout.orderNumber}, {formatMoney(totalAmount, currency)}. Nothing is charged until you
        confirm below.
      </p>
      <EmbeddedCheckout {...{ clientSecret, publishableKey, scriptUrl }}>
        <PostForm action={startHostedCheckoutAction}>
          <input type="hidden" name="total" value={totalAmount} />
          <SubmitButton busyLabel="Opening the payment page">Pay on the payment provider’s page</SubmitButton>
        </PostForm>
      </EmbeddedCheckout>
    </>
  );
}
