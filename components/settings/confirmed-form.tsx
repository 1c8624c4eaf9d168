"use client";

import { type ReactNode, useId } from "react";
import { problemAt, problemsOf } from "@/components/identity/rejections";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useAttempt } from "@/components/ui/use-attempt";
import type { SentForm } from "@/components/ui/use-form-action";
import type { ActionState } from "@/lib/action";
import type { ConfirmRejection } from "@/lib/settings/schema";
import { confirmMessages } from "./rejections";

type Props = {
  readonly form: SentForm;
  readonly state: ActionState<unknown, ConfirmRejection>;
  readonly press: string;
  readonly busyLabel: string;
  readonly variant?: "primary" | "danger";
  /** What stands above the password. */
  readonly children?: ReactNode;
};

/** A form whose one question is the password, before something about the account itself changes. */
export function ConfirmedForm({ form, state, press, busyLabel, variant = "primary", children }: Props) {
  const id = useId();
  const attempt = useAttempt(state);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, confirmMessages);
  const shown = problems.map(({ message }) => ({ field: id, message }));
  return (
    <Form {...form} className="grid max-w-form gap-4" noValidate>
      {refusal ? (
        <ErrorSummary key={attempt} title="Nothing was changed" problems={shown}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      {children}
      <PasswordField
        id={id}
        label="Your password"
        autoComplete="current-password"
        required
        error={problemAt(problems, "password")}
      />
      <div>
        <SubmitButton variant={variant} busyLabel={busyLabel}>
          {press}
        </SubmitButton>
      </div>
    </Form>
  );
}
