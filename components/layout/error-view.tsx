"use client";

import { Button } from "@/components/ui/button";
import { ErrorDigest } from "./error-digest";
import { PlainHeader } from "./plain-header";

type ErrorViewProps = {
  readonly error: unknown;
  readonly retry: () => void;
};

/**
 * A page that broke: what that means for the reader, and what to do next. Says nothing of the inside. With a plain header,
 * since the page's layout may be what broke.
 */
export default function ErrorView({ error, retry }: ErrorViewProps) {
  return (
    <>
      <title>This page could not be set</title>
      <PlainHeader />
      <main id="main" className="flex-1">
        <div className="mx-auto w-full max-w-narrow px-gutter pt-16 pb-24 lg:pt-24">
          <p className="mb-4 font-serif text-2xl leading-none text-accent italic oldstyle-nums">500</p>
          <h1 className="text-4xl font-display">This page could not be set.</h1>
          <p className="mt-4 max-w-[32rem] text-lg leading-normal text-ink-soft">
            The fault is ours, and nothing you own is lost. If you were paying, look at your orders before you
            pay again: they show what has arrived.
          </p>
          <Button variant="primary" className="mt-8" onClick={retry}>
            Try again
          </Button>
          {/* Plain links: after a fault a full load is the safer way. */}
          <ul className="mt-4 flex flex-wrap gap-x-6 [&_a]:inline-flex [&_a]:min-h-target [&_a]:items-center">
            <li>
              <a href="/courses">All courses</a>
            </li>
            <li>
              <a href="/account/orders">My orders</a>
            </li>
            <li>
              <a href="/">Home</a>
            </li>
          </ul>
          <ErrorDigest error={error} />
        </div>
      </main>
    </>
  );
}
