"use client";

import type { ReactNode } from "react";
import type { FieldProblem } from "@/components/ui/error-summary";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useAttempt } from "@/components/ui/use-attempt";
import type { SentForm } from "@/components/ui/use-form-action";
import type { Result } from "@/lib/result";

type Props = {
  readonly form: SentForm;
  readonly state: Result<unknown, unknown> | null;
  readonly problems: readonly FieldProblem[];
  readonly general: string | null;
  /** What stands over the form after it worked. */
  readonly done: string;
  readonly press: string;
  readonly busyLabel: string;
  readonly variant?: "primary" | "secondary" | "danger";
  readonly children: ReactNode;
};

/** One form of the settings: what went wrong or right above, its fields, one button. */
export function SettingsForm({
  form,
  state,
  problems,
  general,
  done,
  press,
  busyLabel,
  variant = "secondary",
  children,
}: Props) {
  const attempt = useAttempt(state);
  return (
    <Form {...form} className="grid max-w-form gap-5" noValidate>
      {state && !state.ok ? (
        <ErrorSummary key={attempt} title="Nothing was changed" problems={problems}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      {state?.ok ? <Notice key={attempt} tone="success" role="status" title={done} /> : null}
      {children}
      <div>
        <SubmitButton variant={variant} busyLabel={busyLabel}>
          {press}
        </SubmitButton>
      </div>
    </Form>
  );
}
