"use client";

/** Adapter: the only file that loads Stripe.js, in the browser and on the checkout page only. */
import { loadStripe } from "@stripe/stripe-js/pure";

export type EmbeddedPage = {
  /** Null: Stripe's own script. Else the address of a stand-in for it. */
  readonly scriptUrl: string | null;
  readonly publishableKey: string;
  readonly clientSecret: string;
};

/** One page at a time: Stripe.js refuses a second one until the first is destroyed. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Puts Stripe's payment page into `place`. Rejects when the script or the page does not come; the answer's `destroy`
 * takes it away again.
 */
export function mountPaymentPage(
  place: HTMLElement,
  { scriptUrl, publishableKey, clientSecret }: EmbeddedPage,
): { readonly shown: Promise<void>; destroy(): void } {
  const page = last.then(async () => {
    if (scriptUrl) await loadStandIn(scriptUrl);
    const stripe = await loadStripe(publishableKey);
    if (!stripe) throw new Error("Stripe.js is for browsers");
    return stripe.createEmbeddedCheckoutPage({ clientSecret });
  });
  let gone = false;
  const shown = page.then((made) => {
    if (!gone) made.mount(place);
  });
  const destroy = () => {
    gone = true;
    last = page.then(
      (made) => made.destroy(),
      () => undefined,
    );
  };
  return { shown, destroy };
}

/** `loadStripe` takes what it finds under `window.Stripe`, so the stand-in has only to be there first. */
function loadStandIn(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if ("Stripe" in window) {
      resolve();
      return;
    }
    const script = document.createElement("script");
    script.src = url;
    const settle = () =>
      "Stripe" in window ? resolve() : reject(new Error("the payment script did not load"));
    script.addEventListener("load", settle);
    script.addEventListener("error", settle);
    document.head.append(script);
  });
}
