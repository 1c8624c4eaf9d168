"use client";

import type { ReactNode } from "react";
import { useClosingDetails } from "./closing-details";

/** The menu button under 1024 px. A `details`, so it opens without scripts; with them it also closes by itself. */
export function PhoneMenu({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  const details = useClosingDetails();
  return (
    <details ref={details} className="relative lg:hidden">
      <summary
        aria-label="Menu"
        className="grid size-target place-items-center rounded-md text-ink-soft transition-colors hover:bg-sunken hover:text-ink"
      >
        {icon}
      </summary>
      <div className="absolute top-[calc(100%+6px)] right-0 z-menu grid min-w-56 rounded-lg border border-hairline bg-surface p-2 shadow-raised">
        {children}
      </div>
    </details>
  );
}
