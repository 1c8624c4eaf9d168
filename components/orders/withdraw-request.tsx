"use client";

import { useActionState } from "react";
import { LinkButton } from "@/components/ui/link-button";
import type { ActionState } from "@/lib/action";
import { withdrawRequestAction } from "@/lib/refund-requests/actions";
import type { WithdrawRejection } from "@/lib/refund-requests/schema";
import { withdrawMessages } from "./request-messages";

/** Takes a request back. */
export function WithdrawRequest({ request }: { readonly request: string }) {
  const [state, act] = useActionState<ActionState<undefined, WithdrawRejection>, FormData>(
    withdrawRequestAction,
    null,
  );
  return (
    <form action={act}>
      <input type="hidden" name="request" value={request} />
      <LinkButton type="submit">Take the request back</LinkButton>
      {state && !state.ok ? (
        <p role="alert" className="text-xs font-medium text-danger">
          {withdrawMessages[state.error.code]}
        </p>
      ) : null}
    </form>
  );
}
