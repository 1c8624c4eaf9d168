"use client";

import { useEffect } from "react";
import { commonMessages } from "@/components/identity/rejections";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextAreaField } from "@/components/ui/text-area";
import { showToast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection } from "@/lib/action";
import { needsPassword } from "@/lib/desk/refund-limit";
import { formatMoney } from "@/lib/money";
import { approveRequestAction, declineRequestAction } from "@/lib/refund-requests/actions";
import type { DecisionRejection, WithdrawRejection } from "@/lib/refund-requests/schema";
import type { RefundPlan } from "@/lib/refunds/refund-policy";
import { RefundEffects } from "./refund-effects";
import type { RefundSubject } from "./refund-form";
import { refundMessages, unsureRefund } from "./refund-messages";

type ApproveRejection = DecisionRejection | "wrong_password" | "throttled";

const withdrawn = {
  unknown_request: "There is no such request.",
  decided_already: "It was decided, or taken back, in the meantime. Load the page again.",
} satisfies Record<WithdrawRejection, string>;

const approveMessages = { ...refundMessages, ...withdrawn } satisfies Record<
  ApproveRejection | CommonRejection,
  string
>;

type ApproveProps = {
  readonly request: string;
  readonly plan: RefundPlan;
  readonly subject: RefundSubject;
};

/** Shows what goes back and what ends, before the button that does it. */
export function ApproveForm({ request, plan, subject }: ApproveProps) {
  const { state, attempt, form } = useFormAction(approveRequestAction);
  useEffect(() => {
    if (state?.ok)
      showToast({ message: `${formatMoney(state.value.amount, state.value.currency)} is on its way back.` });
  }, [state]);
  return (
    <Form {...form} unsure={unsureRefund} className="grid gap-4" noValidate>
      {state && !state.ok ? (
        <ErrorSummary key={attempt} title="Nothing was given back">
          <p>{approveMessages[state.error.code]}</p>
        </ErrorSummary>
      ) : null}
      <input type="hidden" name="request" value={request} />
      <input type="hidden" name="amount" value={plan.amount} />
      <RefundEffects plan={plan} subject={subject} />
      {needsPassword(plan.amount, plan.currency) ? (
        <PasswordField
          label="Your password"
          help="Asked again for refunds of more than 100."
          autoComplete="current-password"
          required
        />
      ) : null}
      <div>
        <SubmitButton variant="primary" busyLabel="Asking Stripe">
          {`Approve and refund ${formatMoney(plan.amount, plan.currency)}`}
        </SubmitButton>
      </div>
    </Form>
  );
}

const declineMessages = {
  ...withdrawn,
  foreign_origin: commonMessages.foreign_origin.text,
  signed_out: commonMessages.signed_out.text,
  forbidden: commonMessages.forbidden.text,
  invalid_input: commonMessages.invalid_input.text,
} satisfies Record<WithdrawRejection | CommonRejection, string>;

/** Declines with a reason, which the learner reads. */
export function DeclineForm({ request, name }: { readonly request: string; readonly name: string }) {
  const { state, form } = useFormAction(declineRequestAction);
  const refusal = state && !state.ok ? state.error : null;
  const error = refusal ? (refusal.fields?.answer ?? declineMessages[refusal.code]) : undefined;
  return (
    <Form {...form} className="grid gap-4" noValidate>
      <input type="hidden" name="request" value={request} />
      <TextAreaField
        name="answer"
        label={`What ${name} reads`}
        help="The reason, in a sentence or two. It stands beside the order and goes out as a mail."
        maxLength={2_000}
        defaultValue={refusal?.values?.answer ?? ""}
        error={error}
        required
      />
      <div>
        <SubmitButton variant="danger" busyLabel="Declining">
          Decline the request
        </SubmitButton>
      </div>
    </Form>
  );
}
