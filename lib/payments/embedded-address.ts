/** Our page around Stripe's, for one order. */
export function embeddedAddress(appUrl: string, orderNumber: string): string {
  return `${appUrl}/checkout?order=${orderNumber}`;
}

/** Whether an order's address of payment is our page around Stripe's, rather than a page of Stripe. */
export function isEmbeddedAddress(appUrl: string, address: string | null): boolean {
  return address?.startsWith(embeddedAddress(appUrl, "")) === true;
}
