"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Notice } from "@/components/ui/notice";
import { useRefreshWhile } from "@/components/ui/use-refresh-while";
import type { ActionState } from "@/lib/action";
import { requestExportAction } from "@/lib/privacy/actions";
import type { ExportRejection } from "@/lib/privacy/schema";
import { ConfirmedForm } from "./confirmed-form";

export type Copy = {
  readonly id: string;
  readonly status: "queued" | "ready" | "failed";
  readonly expiresAt: string | null;
};

/** Asks for the copy, waits for it, and hands it out. */
export function ExportData({ copy }: { readonly copy: Copy | null }) {
  const [state, action] = useActionState<ActionState<undefined, ExportRejection>, FormData>(
    requestExportAction,
    null,
  );
  const waiting = copy?.status === "queued";
  useRefreshWhile(waiting);
  if (waiting) {
    return (
      <Notice tone="warning" role="status" title="Your copy is being packed">
        <p>That takes a minute at most. You get a mail as well; you need not wait here.</p>
      </Notice>
    );
  }
  if (copy?.status === "ready") {
    return (
      <div className="grid max-w-form gap-5">
        <Notice tone="success" role="status" title="Your copy is ready">
          {copy.expiresAt ? (
            <p>
              It is there until <DateTime at={copy.expiresAt} />.
            </p>
          ) : null}
        </Notice>
        <ButtonLink href={`/account/settings/data/${copy.id}`} variant="primary" prefetch={false} download>
          Download my data
        </ButtonLink>
      </div>
    );
  }
  return (
    <ConfirmedForm action={action} state={state} press="Ask for a copy" busyLabel="Asking">
      {copy?.status === "failed" ? (
        <Notice tone="danger" title="The last copy could not be packed">
          <p>Ask for another one.</p>
        </Notice>
      ) : null}
    </ConfirmedForm>
  );
}
