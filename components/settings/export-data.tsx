"use client";

import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { Notice } from "@/components/ui/notice";
import { useFormAction } from "@/components/ui/use-form-action";
import { useHeldFocus } from "@/components/ui/use-held-focus";
import { useRefreshWhile } from "@/components/ui/use-refresh-while";
import { requestExportAction } from "@/lib/privacy/actions";
import { ConfirmedForm } from "./confirmed-form";

export type Copy = {
  readonly id: string;
  readonly status: "queued" | "ready" | "failed";
  readonly expiresAt: string | null;
};

type Props = { readonly copy: Copy | null };

/** Asks for the copy, waits for it, and hands it out. */
export function ExportData({ copy }: Props) {
  const box = useHeldFocus<HTMLDivElement>(copy?.status, (found) => found.querySelector("[role=status]"));
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <CopyStep copy={copy} />
    </div>
  );
}

function CopyStep({ copy }: Props) {
  const { state, form } = useFormAction(requestExportAction);
  const waiting = copy?.status === "queued";
  useRefreshWhile(waiting);
  if (waiting) {
    return (
      <Notice tone="warning" role="status" tabIndex={-1} title="Your copy is being packed">
        <p>That takes a minute at most. You get an e-mail as well; you need not wait here.</p>
      </Notice>
    );
  }
  if (copy?.status === "ready") {
    return (
      <div className="grid max-w-form gap-5">
        <Notice tone="success" role="status" tabIndex={-1} title="Your copy is ready">
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
    <ConfirmedForm form={form} state={state} press="Ask for a copy" busyLabel="Asking">
      {copy?.status === "failed" ? (
        <Notice tone="danger" title="The last copy could not be packed">
          <p>Ask for another one.</p>
        </Notice>
      ) : null}
    </ConfirmedForm>
  );
}
