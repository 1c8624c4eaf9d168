"use client";

import { Check, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ViewerLine } from "@/components/layout/viewer-store";
import { useViewer } from "@/components/layout/viewer-store";
import { Button, ButtonLink } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { SumRow, Sums } from "@/components/ui/sums";
import { CourseCover } from "./course-cover";
import { closeMiniCart } from "./mini-cart-store";

const close = () => closeMiniCart({ restoreFocus: true });
const leave = () => closeMiniCart({ restoreFocus: false });

/** The lines of the cart and the two ways on. Takes the focus when it appears. */
export default function MiniCartPanel() {
  const { cart } = useViewer().viewer;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.focus();
    const closeFromOutside = (event: Event) => {
      if (event instanceof KeyboardEvent) {
        if (event.key === "Escape") close();
      } else if (event.target instanceof Node && !panel.current?.contains(event.target)) {
        leave();
      }
    };
    document.addEventListener("keydown", closeFromOutside);
    document.addEventListener("pointerdown", closeFromOutside);
    return () => {
      document.removeEventListener("keydown", closeFromOutside);
      document.removeEventListener("pointerdown", closeFromOutside);
    };
  }, []);
  return (
    <div
      ref={panel}
      role="dialog"
      aria-labelledby="mini-cart-title"
      tabIndex={-1}
      className="absolute inset-x-3 top-3 rounded-lg border border-hairline-strong bg-surface p-5 shadow-raised outline-none transition-[opacity,translate] duration-base starting:-translate-y-2 starting:opacity-0 sm:right-gutter sm:left-auto sm:w-96 print:hidden"
    >
      <div className="flex items-center justify-between gap-3">
        <h2 id="mini-cart-title" className="flex items-center gap-2 text-lg">
          <Check className="text-success" />
          Added to your cart
        </h2>
        <IconButton label="Close" onClick={close} className="-my-2 -mr-2">
          <X />
        </IconButton>
      </div>
      <ul className="mt-3 max-h-[min(40dvh,18rem)] overflow-y-auto border-t border-hairline">
        {cart.lines.map((line) => (
          <MiniCartLine key={line.slug} line={line} />
        ))}
      </ul>
      <Sums className="py-4">
        {cart.discount ? (
          <SumRow kind="saving" label={`Discount ${cart.discount.code}`}>
            <Money amount={-cart.discount.amount} currency={cart.currency} />
          </SumRow>
        ) : null}
        <SumRow kind="strong" label="Total">
          <Money amount={cart.totalAmount} currency={cart.currency} className="text-lg" />
        </SumRow>
      </Sums>
      <div className="grid gap-2 sm:grid-cols-2">
        <Button onClick={close}>Keep browsing</Button>
        <ButtonLink href="/cart" variant="primary" onClick={leave}>
          Check out
        </ButtonLink>
      </div>
    </div>
  );
}

function MiniCartLine({ line }: { readonly line: ViewerLine }) {
  return (
    <li className="grid grid-cols-[4rem_1fr_auto] items-center gap-x-4 border-b border-hairline py-2 text-sm">
      <span className="aspect-8/5 overflow-hidden rounded-xs">
        <CourseCover slug={line.slug} type={line.type} />
      </span>
      <Link
        href={`/courses/${line.slug}`}
        prefetch={false}
        onClick={leave}
        className="inline-flex min-h-target items-center font-serif text-base leading-snug text-inherit no-underline hover:underline"
      >
        {line.title}
      </Link>
      <Money amount={line.priceAmount} currency={line.currency} />
    </li>
  );
}
