"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";
import { showToast } from "./toast";

type CopyButtonProps = { readonly text: string; readonly label?: string };

/** Puts `text` on the clipboard and says so. Not shown without scripts. */
export function CopyButton({ text, label = "Copy" }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      showToast({
        message: "The browser did not allow copying. Select the text and copy it by hand.",
        tone: "warning",
      });
    }
  };
  return (
    <Button variant="quiet" onClick={copy} data-needs-script>
      {copied ? <Check /> : <Copy />}
      <span aria-live="polite">{copied ? "Copied" : label}</span>
    </Button>
  );
}
