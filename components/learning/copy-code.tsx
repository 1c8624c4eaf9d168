"use client";

import { useEffect } from "react";
import { showToast } from "@/components/ui/toast";

/** Answers the copy buttons of every block of code on the page: they stand in text that is no React. */
export function CopyCode() {
  useEffect(() => {
    const press = (event: MouseEvent) => {
      const button = event.target instanceof Element ? event.target.closest("button[data-copy]") : null;
      if (button) void copy(button);
    };
    document.addEventListener("click", press);
    return () => document.removeEventListener("click", press);
  }, []);
  return null;
}

/** The text is read from the page, not sent twice. */
async function copy(button: Element): Promise<void> {
  const code = button.closest(".code-block")?.querySelector("pre")?.textContent ?? "";
  const label = button.firstElementChild;
  try {
    await navigator.clipboard.writeText(code);
    if (!label) return;
    label.textContent = "Copied";
    setTimeout(() => {
      label.textContent = "Copy";
    }, 2_000);
  } catch {
    showToast({
      message: "The browser did not allow copying. Select the code and copy it by hand.",
      tone: "warning",
    });
  }
}
