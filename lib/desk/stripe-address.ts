type StripeSide = { readonly livemode: boolean; readonly standIn: string | undefined };

/** Where staff look at something in Stripe's Dashboard, or in the stand-in's. */
export function stripeAddress(
  kind: "payments" | "customers",
  id: string,
  { livemode, standIn }: StripeSide,
): string {
  if (standIn) return `${standIn.replace(/\/$/, "")}/dashboard/${kind}/${encodeURIComponent(id)}`;
  return `https://dashboard.stripe.com/${livemode ? "" : "test/"}${kind}/${encodeURIComponent(id)}`;
}
