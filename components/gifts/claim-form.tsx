"use client";

import { useActionState } from "react";
import { problemsOf } from "@/components/identity/rejections";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { useAttempt } from "@/components/ui/use-attempt";
import type { ActionState } from "@/lib/action";
import { claimGiftAction } from "@/lib/gifts/actions";
import type { ClaimRejection } from "@/lib/gifts/schema";
import { claimMessages } from "./messages";

/** The button that accepts a gift: opening its link changes nothing. Without a token this browser kept the link. */
export function ClaimForm({ token }: { readonly token: string | null }) {
  const [state, action] = useActionState<ActionState<never, ClaimRejection>, FormData>(claimGiftAction, null);
  const attempt = useAttempt(state);
  const refusal = state && !state.ok ? state.error : null;
  return (
    <form action={action} className="grid gap-5">
      {refusal ? (
        <ErrorSummary key={attempt} title="That did not work">
          <p>{problemsOf(refusal, claimMessages).general}</p>
        </ErrorSummary>
      ) : null}
      {token ? <input type="hidden" name="token" value={token} /> : null}
      <SubmitButton variant="primary" size="large" block busyLabel="Accepting">
        Accept the gift
      </SubmitButton>
    </form>
  );
}
