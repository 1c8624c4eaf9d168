"use client";

import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { requestPasswordResetAction, requestSignInLinkAction } from "@/lib/identity/actions";
import { EmailField } from "./email-field";
import { linkMessages, problemAt, problemsOf } from "./rejections";

const kinds = {
  sign_in: { action: requestSignInLinkAction, press: "Send me a link", works: "15 minutes" },
  reset_password: { action: requestPasswordResetAction, press: "Send me a link", works: "30 minutes" },
} as const;

type Props = { readonly kind: keyof typeof kinds; readonly returnTo?: string | null };

/** Asks for a link by mail. What it says afterwards is the same for every address. */
export function LinkRequestForm({ kind, returnTo }: Props) {
  const { action: send, press, works } = kinds[kind];
  const { state, attempt, form } = useFormAction(send);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, linkMessages);
  return (
    <Form {...form} className="mt-6 grid gap-5" noValidate>
      {state?.ok ? (
        <Notice key={attempt} tone="success" role="status" title="Look into your mailbox">
          <p>If this address has an account, a link is on its way. It works once, for {works}.</p>
        </Notice>
      ) : null}
      {refusal ? (
        <ErrorSummary key={attempt} title="No link was sent" problems={problems}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      {returnTo ? <input type="hidden" name="returnTo" value={returnTo} /> : null}
      <EmailField defaultValue={refusal?.values?.email} error={problemAt(problems, "email")} />
      <SubmitButton variant="primary" size="large" block busyLabel="Sending the link">
        {press}
      </SubmitButton>
    </Form>
  );
}
