"use client";

import "./globals.css";

/** The last resort: the root layout itself threw, so this brings its own document and leans on nothing else. */
export default function GlobalError({ retry }: { readonly retry: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>This page could not be set</title>
      </head>
      <body>
        <main className="mx-auto w-full max-w-narrow px-gutter pt-16">
          <h1>This page could not be set.</h1>
          <p className="mt-4">The fault is ours, and nothing you own is lost.</p>
          <p className="mt-4 flex gap-6">
            <button type="button" className="min-h-target underline" onClick={retry}>
              Try again
            </button>
            <a href="/" className="inline-flex min-h-target items-center">
              Home
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
