import { env } from "@/lib/env";

/** Where Stripe's page sends who turns back: to the cart, which is as it was. */
export function GET(): Response {
  return Response.redirect(`${env().APP_URL}/cart?canceled`, 303);
}
