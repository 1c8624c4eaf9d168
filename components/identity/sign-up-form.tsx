"use client";

import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { signUpAction } from "@/lib/identity/actions";
import { EmailField } from "./email-field";
import { problemAt, problemsOf, signUpMessages } from "./rejections";

/** Asks for an account; its mail leads on to `returnTo`. Posts without scripts too; keeps what was typed but the password. */
export function SignUpForm({ returnTo }: { readonly returnTo: string | null }) {
  const { state, attempt, form } = useFormAction(signUpAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, signUpMessages);
  const typed = refusal?.values;
  return (
    <Form {...form} className="mt-6 grid gap-5" noValidate>
      {refusal ? (
        <ErrorSummary key={attempt} title="We could not create your account" problems={problems}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      {returnTo ? <input type="hidden" name="returnTo" value={returnTo} /> : null}
      <TextField
        name="name"
        label="Your name"
        help="It appears on your orders."
        autoComplete="name"
        required
        maxLength={80}
        defaultValue={typed?.name}
        error={problemAt(problems, "name")}
      />
      <EmailField
        help="We send you an e-mail to check that it is yours."
        defaultValue={typed?.email}
        error={problemAt(problems, "email")}
      />
      <PasswordField
        label="Password"
        help="At least 8 characters. A few words in a row are easy to remember and hard to guess."
        autoComplete="new-password"
        required
        error={problemAt(problems, "password")}
      />
      <SubmitButton variant="primary" size="large" block busyLabel="Creating your account" className="mt-3">
        Create account
      </SubmitButton>
    </Form>
  );
}
