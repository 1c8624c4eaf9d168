"use client";

import { commonMessages } from "@/components/identity/rejections";
import { ButtonLink } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection } from "@/lib/action";
import { unsubscribeAction } from "@/lib/notifications/actions";

const messages = {
  foreign_origin: commonMessages.foreign_origin.text,
  signed_out: commonMessages.signed_out.text,
  forbidden: commonMessages.forbidden.text,
  invalid_input: "This link is incomplete. Open it from the e-mail again.",
  unknown_link: "There is no account for this link any more.",
} satisfies Record<CommonRejection | "unknown_link", string>;

type Props = {
  readonly token: string;
  /** What the mails are about: "your courses". */
  readonly about: string;
};

/** One button, without signing in. */
export function UnsubscribeForm({ token, about }: Props) {
  const { state, attempt, form } = useFormAction(unsubscribeAction);
  if (state?.ok) {
    return (
      <div className="mt-6 grid gap-5">
        <Notice tone="success" role="status" title={`Done: no more mails about ${about}`}>
          <p>You can switch them on again in your settings.</p>
        </Notice>
        <ButtonLink href="/account/settings" size="large" block>
          Go to the settings
        </ButtonLink>
      </div>
    );
  }
  return (
    <Form {...form} className="mt-6 grid gap-5">
      {state && !state.ok ? (
        <ErrorSummary key={attempt} title="That did not work">
          <p>{messages[state.error.code]}</p>
        </ErrorSummary>
      ) : null}
      <input type="hidden" name="token" value={token} />
      <SubmitButton variant="primary" size="large" block busyLabel="Switching them off">
        Send me no more of them
      </SubmitButton>
    </Form>
  );
}
