"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import type { EmbeddedPage } from "@/lib/payments/stripe-page";

/** After this the other way is offered; the page may still come. */
const PATIENCE_MS = 10_000;

/** `children`: the way to the provider's own page, for when this one does not come. */
type EmbeddedCheckoutProps = EmbeddedPage & { readonly children: ReactNode };

export function EmbeddedCheckout({
  clientSecret,
  publishableKey,
  scriptUrl,
  children,
}: EmbeddedCheckoutProps) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  useEffect(() => {
    const container = place.current;
    if (!container) return;
    if (!isOwnDocument()) {
      window.location.reload();
      return;
    }
    let left = false;
    let destroy = () => {};
    const settle = (next: "shown" | "failed") => {
      if (!left) setState(next);
    };
    const timer = setTimeout(() => settle("failed"), PATIENCE_MS);
    import("@/lib/payments/stripe-page")
      .then(({ mountPaymentPage }) => {
        if (left) return;
        const page = mountPaymentPage(container, { clientSecret, publishableKey, scriptUrl });
        destroy = page.destroy;
        return page.shown.then(() => settle("shown"));
      })
      .catch(() => settle("failed"))
      .finally(() => clearTimeout(timer));
    return () => {
      left = true;
      clearTimeout(timer);
      destroy();
    };
  }, [clientSecret, publishableKey, scriptUrl]);
  return (
    <>
      {state === "failed" ? (
        <Notice tone="danger" role="alert" title="The payment form did not load" className="mb-4">
          <p className="mb-3">
            A blocker or your network may have stopped it. You were not charged, and your order is kept: pay
            on the provider’s own page instead.
          </p>
          {children}
        </Notice>
      ) : null}
      {state === "loading" ? <FormSkeleton /> : null}
      <div ref={place} />
      {state === "failed" ? null : (
        <section
          aria-label="Another way to pay"
          className="mt-8 border-t border-hairline pt-4 text-sm text-ink-soft"
        >
          <p className="mb-3">Does the form not work for you?</p>
          {children}
        </section>
      )}
    </>
  );
}

/**
 * The policy that lets the payment script in belongs to the document. Whoever came here without a new document still has
 * the policy of the page before.
 */
function isOwnDocument(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return entry === undefined || new URL(entry.name).pathname === window.location.pathname;
}

/** About the size of the form, so that little moves when it comes. */
function FormSkeleton() {
  return (
    <Loading label="Loading the payment form">
      <div className="grid gap-10 lg:grid-cols-2">
        <Skeleton className="h-48 rounded-lg" />
        <Skeleton className="h-120 rounded-lg" />
      </div>
    </Loading>
  );
}
