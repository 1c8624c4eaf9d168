"use client";

import { clsx } from "clsx";
import { Check, Info } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "./button";
import type { Toast } from "./toast";

const visibleFor = 6000;

type ToastBoxProps = { readonly toast: Toast; readonly onEnd: () => void };

/** One toast. Its clock stands still while it is hovered or focused. */
export default function ToastBox({ toast, onEnd }: ToastBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    let timer = 0;
    const hold = () => clearTimeout(timer);
    const run = () => {
      hold();
      timer = window.setTimeout(onEnd, visibleFor);
    };
    run();
    for (const event of ["pointerenter", "focusin"]) element?.addEventListener(event, hold);
    for (const event of ["pointerleave", "focusout"]) element?.addEventListener(event, run);
    return hold;
  }, [onEnd]);
  const { message, tone = "success", action } = toast;
  const Icon = tone === "success" ? Check : Info;
  return (
    <div
      ref={box}
      className="pointer-events-auto flex min-h-target items-center gap-3 rounded-lg border border-hairline-strong bg-surface py-2 pr-2 pl-4 text-sm shadow-raised transition-[opacity,translate] duration-base starting:translate-y-2 starting:opacity-0"
    >
      <Icon className={clsx(tone === "success" ? "text-success" : "text-warning")} />
      <span className="flex-1">{message}</span>
      {action ? (
        <Button
          variant="quiet"
          onClick={() => {
            onEnd();
            action.run();
          }}
        >
          {action.label}
        </Button>
      ) : null}
    </div>
  );
}
