"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useAttempt } from "@/components/ui/use-attempt";
import type { ActionState } from "@/lib/action";
import { secondStepAction } from "@/lib/identity/actions";
import type { SecondStepRejection } from "@/lib/identity/schema";
import { problemAt, problemsOf, secondStepMessages } from "./rejections";

type State = ActionState<never, SecondStepRejection>;

/** The code of the authenticator app, or one of the recovery codes. */
export function SecondStepForm() {
  const [state, action] = useActionState<State, FormData>(secondStepAction, null);
  const attempt = useAttempt(state);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, secondStepMessages);
  return (
    <form action={action} className="mt-6 grid gap-5" noValidate>
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
    </form>
  );
}
