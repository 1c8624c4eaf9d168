"use server";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { publicAction } from "@/lib/action";
import type { Viewer } from "@/lib/identity/session";
import { startCheckout } from "./mutations";
import { startCheckoutInput } from "./schema";

/** From the cart's button to the payment page. Who is not signed in signs in on the way and comes back to the cart. */
export const startCheckoutAction = publicAction(startCheckoutInput, async (viewer, { total }) =>
  goToPayment(viewer, total),
);

/** To Stripe's own page, for a browser in which the embedded one does not come. */
export const startHostedCheckoutAction = publicAction(startCheckoutInput, async (viewer, { total }) =>
  goToPayment(viewer, total, "hosted"),
);

async function goToPayment(viewer: Viewer | null, total: number, ui?: "hosted"): Promise<never> {
  if (!viewer) redirect("/sign-in?returnTo=/cart" as Route);
  const started = await startCheckout(viewer.userId, total, new Date(), ui);
  if (!started.ok) redirect(`/cart?problem=${started.error.code}` as Route);
  redirect(
    (started.value.kind === "pay"
      ? started.value.url
      : `/checkout/success?order=${started.value.orderNumber}`) as Route,
  );
}
