"use client";

import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Opens the browser's print dialog; the page has a print style of its own. */
export function PrintButton() {
  return (
    <Button variant="quiet" onClick={() => window.print()} data-needs-script className="justify-self-start">
      <Printer />
      Print this order
    </Button>
  );
}
