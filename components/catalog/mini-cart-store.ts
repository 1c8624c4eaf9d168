/** Whether the mini-cart is open, shared by every button of the page. */
let opener: HTMLElement | null = null;
let open = false;
const listeners = new Set<() => void>();

function publish(next: boolean) {
  open = next;
  for (const listener of listeners) listener();
}

/** Shows the cart beside the page. `from` gets the focus back when it closes. */
export function openMiniCart(from: HTMLElement | null) {
  opener = from;
  publish(true);
}

export function closeMiniCart({ restoreFocus }: { readonly restoreFocus: boolean }) {
  if (!open) return;
  publish(false);
  // The button may have become a link meanwhile: whatever stands in its place takes the focus.
  if (restoreFocus) opener?.querySelector<HTMLElement>("a, button")?.focus();
}

export function subscribeMiniCart(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function isMiniCartOpen(): boolean {
  return open;
}
