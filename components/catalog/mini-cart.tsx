"use client";

import { usePathname } from "next/navigation";
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from "react";
import { closeMiniCart, isMiniCartOpen, subscribeMiniCart } from "./mini-cart-store";

/** Fetched with the first course that is added. */
const MiniCartPanel = lazy(() => import("./mini-cart-panel"));

/** What is in the cart, shown in a corner after a course was added. It hangs under the header, wherever the page stands. */
export function MiniCart() {
  const open = useSyncExternalStore(subscribeMiniCart, isMiniCartOpen, () => false);
  const path = usePathname();
  const shownOn = useRef(path);
  useEffect(() => {
    if (shownOn.current !== path) closeMiniCart({ restoreFocus: false });
    shownOn.current = path;
  }, [path]);
  return (
    <div className="sticky top-16 z-menu mx-auto h-0 w-full max-w-[calc(var(--container-page)+2*var(--spacing-gutter))] lg:top-18">
      <Suspense fallback={null}>{open ? <MiniCartPanel /> : null}</Suspense>
    </div>
  );
}
