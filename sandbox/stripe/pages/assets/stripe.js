/**
 * Stands in for Stripe.js, as far as a shop with the embedded payment page calls it:
 * `Stripe(key).createEmbeddedCheckoutPage({ clientSecret })`, then `mount`, `unmount` and `destroy`.
 * The page itself is the sandbox's payment page in a frame; what is typed there never reaches the shop.
 */
(() => {
  const sandbox = new URL(document.currentScript.src).origin;
  let alive = null;

  class EmbeddedCheckoutPage {
    #frame = null;
    #onComplete;
    #src;
    #listen = (event) => {
      if (event.origin !== sandbox || event.source !== this.#frame?.contentWindow) return;
      if (event.data?.type === "height") this.#frame.style.height = `${event.data.pixels}px`;
      if (event.data?.type !== "complete") return;
      this.#onComplete?.();
      if (event.data.url) window.location.assign(event.data.url);
    };

    constructor(src, onComplete) {
      this.#src = src;
      this.#onComplete = onComplete;
    }

    mount(location) {
      if (this.#src === null) throw new Error("This embedded checkout was destroyed.");
      const place = typeof location === "string" ? document.querySelector(location) : location;
      if (!place) throw new Error(`Nothing matches ${location}: embedded checkout has no place to mount.`);
      this.unmount();
      this.#frame = document.createElement("iframe");
      this.#frame.src = this.#src;
      this.#frame.title = "Payment page";
      this.#frame.allow = "payment";
      Object.assign(this.#frame.style, { border: "0", display: "block", height: "640px", width: "100%" });
      window.addEventListener("message", this.#listen);
      place.append(this.#frame);
    }

    unmount() {
      window.removeEventListener("message", this.#listen);
      this.#frame?.remove();
      this.#frame = null;
    }

    destroy() {
      this.unmount();
      this.#src = null;
      if (alive === this) alive = null;
    }
  }

  async function createEmbeddedCheckoutPage({ clientSecret, fetchClientSecret, onComplete }) {
    if (alive) throw new Error("You cannot have multiple Embedded Checkout objects.");
    const secret = clientSecret ?? (await fetchClientSecret?.());
    const [session] = /^cs_test_[^_]+/.exec(secret ?? "") ?? [];
    if (!session) throw new Error("Invalid client secret: it is the client_secret of an embedded session.");
    alive = new EmbeddedCheckoutPage(
      `${sandbox}/c/pay/${session}?client_secret=${encodeURIComponent(secret)}`,
      onComplete,
    );
    return alive;
  }

  function Stripe(key) {
    if (!/^pk_test_/.test(key)) throw new Error("The sandbox takes publishable test keys only: pk_test_…");
    return { createEmbeddedCheckoutPage, registerAppInfo() {}, _registerWrapper() {} };
  }
  Stripe.version = "endive";
  window.Stripe = Stripe;
})();
