"use client";

import { usePathname } from "next/navigation";
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore } from "react";
import { closeMiniCart, isMiniCartOpen, subscribeMiniCart } from "./mini-cart-store";

/** Fetched with the first course that is added. */
const MiniCartPanel = lazy(() => import("./mini-cart-panel"));

/** What is in the cart, shown in a corner after a course was added. It covers no control and traps nobody. */
export function MiniCart() {
  const open = useSyncExternalStore(subscribeMiniCart, isMiniCartOpen, () => false);
  const path = usePathname();
  const shownOn = useRef(path);
  useEffect(() => {
    if (shownOn.current !== path) closeMiniCart({ restoreFocus: false });
    shownOn.current = path;
  }, [path]);
  return <Suspense fallback={null}>{open ? <MiniCartPanel /> : null}</Suspense>;
}
