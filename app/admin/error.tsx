"use client";

import { ErrorDigest } from "@/components/layout/error-digest";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";

type Props = { readonly error: unknown; readonly retry: () => void };

/** Stands in for a page of the desk that threw, beside the desk's navigation. */
export default function ErrorPage({ error, retry }: Props) {
  return (
    <Panel dashed>
      <title>This page could not be set</title>
      <EmptyState
        level="h1"
        title="This page could not be set."
        action={
          <>
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
            {/* A plain link: after a fault a full load is the safer way. */}
            <a href="/admin" className="inline-flex min-h-target items-center px-3">
              Overview
            </a>
          </>
        }
      >
        <p>
          The fault is ours. What was saved stays saved. If you were moving money or giving seats, look at the
          order or the seat before you do it again.
        </p>
        <ErrorDigest error={error} />
      </EmptyState>
    </Panel>
  );
}
