"use client";

import { ButtonLink } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { openSignInLinkAction, verifyAddressAction } from "@/lib/identity/actions";
import { confirmEmailAction } from "@/lib/settings/actions";
import { problemsOf, tokenMessages } from "./rejections";

const kinds = {
  sign_in: { action: openSignInLinkAction, press: "Sign in", busy: "Signing in" },
  change_email: { action: confirmEmailAction, press: "Use this address", busy: "Changing the address" },
  verify_address: { action: verifyAddressAction, press: "Confirm the address", busy: "Confirming" },
} as const;

type Props = { readonly kind: keyof typeof kinds; readonly token: string };

/** The button of a mailed link: opening the page changes nothing, pressing it uses the link up. */
export function OpenLinkForm({ kind, token }: Props) {
  const { action: open, press, busy } = kinds[kind];
  const { state, attempt, form } = useFormAction(open);
  const refusal = state && !state.ok ? state.error : null;
  if (state?.ok) {
    return (
      <div className="mt-6 grid gap-5">
        <Notice tone="success" role="status" title="The address is confirmed">
          <p>Thank you. Nothing else is needed.</p>
        </Notice>
        <ButtonLink href="/account/courses" size="large" block>
          Go to my courses
        </ButtonLink>
      </div>
    );
  }
  return (
    <Form {...form} className="mt-6 grid gap-5">
      {refusal ? (
        <ErrorSummary key={attempt} title="That did not work">
          <p>{problemsOf(refusal, tokenMessages).general}</p>
        </ErrorSummary>
      ) : null}
      <input type="hidden" name="token" value={token} />
      <SubmitButton variant="primary" size="large" block busyLabel={busy}>
        {press}
      </SubmitButton>
    </Form>
  );
}
