"use client";

import { problemsOf } from "@/components/identity/rejections";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { claimGiftAction } from "@/lib/gifts/actions";
import { claimMessages } from "./messages";

/** The button that accepts a gift: opening its link changes nothing. Without a token this browser kept the link. */
export function ClaimForm({ token }: { readonly token: string | null }) {
  const { state, attempt, form } = useFormAction(claimGiftAction);
  const refusal = state && !state.ok ? state.error : null;
  return (
    <Form
      {...form}
      unsure="The gift may be yours all the same: load this page again to see."
      className="grid gap-5"
    >
      {refusal ? (
        <ErrorSummary key={attempt} title="That did not work">
          <p>{problemsOf(refusal, claimMessages).general}</p>
        </ErrorSummary>
      ) : null}
      {token ? <input type="hidden" name="token" value={token} /> : null}
      <SubmitButton variant="primary" size="large" block busyLabel="Accepting">
        Accept the gift
      </SubmitButton>
    </Form>
  );
}
