"use client";

import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { secondStepAction } from "@/lib/identity/actions";
import { problemAt, problemsOf, secondStepMessages } from "./rejections";

/** The code of the authenticator app, or one of the recovery codes. */
export function SecondStepForm() {
  const { state, attempt, form } = useFormAction(secondStepAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, secondStepMessages);
  return (
    <Form {...form} className="mt-6 grid gap-5" noValidate>
      {refusal ? (
        <ErrorSummary key={attempt} title="We could not sign you in" problems={problems}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      <TextField
        name="code"
        label="Code"
        help="Six digits from your authenticator app, or one of your recovery codes."
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        required
        maxLength={40}
        error={problemAt(problems, "code")}
      />
      <SubmitButton variant="primary" size="large" block busyLabel="Signing in">
        Sign in
      </SubmitButton>
    </Form>
  );
}
