"use client";

import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { completeSignUpAction } from "@/lib/identity/actions";
import { completeSignUpMessages, problemAt, problemsOf } from "./rejections";

type Props = { readonly token: string; readonly email: string; readonly askPassword: boolean };

/** The last step of signing up. In another browser than the first one it asks for the password as well. */
export function CompleteSignUpForm({ token, email, askPassword }: Props) {
  const { state, attempt, form } = useFormAction(completeSignUpAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, completeSignUpMessages);
  return (
    <Form {...form} className="mt-6 grid gap-5" noValidate>
      {refusal ? (
        <ErrorSummary key={attempt} title="The account was not created" problems={problems}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      <input type="hidden" name="token" value={token} />
      {askPassword ? (
        <>
          <input type="hidden" name="email" autoComplete="username" value={email} />
          <PasswordField
            label="Password"
            help="The one you chose a moment ago, in the other browser."
            autoComplete="current-password"
            required
            error={problemAt(problems, "password")}
          />
        </>
      ) : null}
      <SubmitButton variant="primary" size="large" block busyLabel="Creating your account">
        Create the account
      </SubmitButton>
    </Form>
  );
}
