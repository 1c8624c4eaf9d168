"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

/** Copies the block of code that it stands in; the text is read from the page, not sent twice. Not shown without scripts. */
export function CopyCode() {
  const box = useRef<HTMLSpanElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      const code = box.current?.closest(".code-block")?.querySelector("pre")?.textContent ?? "";
      await navigator.clipboard.writeText(code);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      showToast({
        message: "The browser did not allow copying. Select the code and copy it by hand.",
        tone: "warning",
      });
    }
  };
  return (
    <span ref={box}>
      <Button variant="quiet" size="small" onClick={copy} data-needs-script>
        <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
      </Button>
    </span>
  );
}
