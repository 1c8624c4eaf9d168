"use client";

import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { resetPasswordAction } from "@/lib/identity/actions";
import { problemAt, problemsOf, resetPasswordMessages } from "./rejections";

/** A new password for the account of a mailed link. */
export function ResetPasswordForm({ token, email }: { readonly token: string; readonly email: string }) {
  const { state, attempt, form } = useFormAction(resetPasswordAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, resetPasswordMessages);
  return (
    <Form {...form} className="mt-6 grid gap-5" noValidate>
      {refusal ? (
        <ErrorSummary key={attempt} title="Your password is still the old one" problems={problems}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="email" autoComplete="username" value={email} />
      <PasswordField
        label="New password"
        help="At least 8 characters. A few words in a row are easy to remember and hard to guess."
        autoComplete="new-password"
        required
        error={problemAt(problems, "password")}
      />
      <SubmitButton variant="primary" size="large" block busyLabel="Saving the password">
        Save the new password
      </SubmitButton>
    </Form>
  );
}
