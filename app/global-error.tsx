"use client";

import { ErrorView } from "@/components/layout/error-view";
import "./globals.css";

/** The last resort: the root layout itself threw, so this brings its own document. */
export default function GlobalError({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry: () => void;
}) {
  return (
    <html lang="en">
      <head>
        <title>This page could not be set</title>
      </head>
      <body>
        <main id="main" className="flex-1">
          <ErrorView error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
