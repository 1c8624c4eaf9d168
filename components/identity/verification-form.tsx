"use client";

import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { requestVerificationAction } from "@/lib/identity/actions";
import { linkMessages, problemsOf } from "./rejections";

/** Asks for the link that proves the account's address. */
export function VerificationForm({ email }: { readonly email: string }) {
  const { state, form } = useFormAction(requestVerificationAction);
  const refusal = state && !state.ok ? state.error : null;
  return (
    <Notice tone="warning" title="Your e-mail address is not confirmed" className="mb-6">
      <p className="wrap-anywhere">
        Gifts and linked sign-ins wait until we know that {email} is yours. Everything else works.
      </p>
      <div role="status">
        {state?.ok ? <p className="font-medium text-ink">A link is on its way to your mailbox.</p> : null}
        {refusal ? <p className="font-medium text-ink">{problemsOf(refusal, linkMessages).general}</p> : null}
      </div>
      <Form {...form} className="pt-2">
        <SubmitButton busyLabel="Sending the link">Send me a link</SubmitButton>
      </Form>
    </Notice>
  );
}
