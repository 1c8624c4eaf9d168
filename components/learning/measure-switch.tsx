"use client";

import { type ReactNode, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";

type Measure = "normal" | "wide" | "narrow";
const following: Readonly<Record<Measure, Measure>> = { normal: "wide", wide: "narrow", narrow: "normal" };
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The width of lessons stands on <html>, where public/theme.js put the saved one before the first paint. */
function readMeasure(): Measure {
  const { measure } = document.documentElement.dataset;
  return measure === "wide" || measure === "narrow" ? measure : "normal";
}

function writeMeasure(measure: Measure) {
  if (measure === "normal") delete document.documentElement.dataset.measure;
  else document.documentElement.dataset.measure = measure;
  try {
    if (measure === "normal") localStorage.removeItem("measure");
    else localStorage.setItem("measure", measure);
  } catch {
    // Storage may be blocked: the choice then lasts for this page.
  }
  for (const listener of listeners) listener();
}

/** Normal, wide, narrow, and round again. */
export function MeasureSwitch({ icon }: { readonly icon: ReactNode }) {
  const measure = useSyncExternalStore(subscribe, readMeasure, () => "normal" as const);
  const label = `Text width: ${measure}`;
  return (
    <IconButton
      label={label}
      title={label}
      onClick={() => writeMeasure(following[measure])}
      data-needs-script
      className="max-md:hidden"
    >
      {icon}
    </IconButton>
  );
}
