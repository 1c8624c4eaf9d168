"use client";

import { useEffect } from "react";
import { commonMessages } from "@/components/identity/rejections";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { showToast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection } from "@/lib/action";
import { resendMailAction } from "@/lib/desk/actions";
import type { ResendRejection } from "@/lib/desk/schema";

type Props = {
  readonly order: string;
  readonly email: string;
  readonly copies: number;
  readonly name: string;
};

const messages = {
  foreign_origin: commonMessages.foreign_origin.text,
  signed_out: commonMessages.signed_out.text,
  forbidden: commonMessages.forbidden.text,
  invalid_input: commonMessages.invalid_input.text,
  unknown_mail: "This mail is not there any more.",
  too_often: "This mail was sent again five times. Look whether its address is right.",
} satisfies Record<ResendRejection | CommonRejection, string>;

/** Sends a mail once more. */
export function ResendMail({ order, email, copies, name }: Props) {
  const { state, form } = useFormAction(resendMailAction);
  useEffect(() => {
    if (state?.ok) showToast({ message: `${name}: on its way once more.` });
  }, [state, name]);
  return (
    <Form {...form} className="grid justify-items-end gap-1">
      <input type="hidden" name="order" value={order} />
      <input type="hidden" name="email" value={email} />
      <input type="hidden" name="copies" value={copies} />
      <SubmitButton size="small" busyLabel="Sending">
        Send again<span className="sr-only">: {name}</span>
      </SubmitButton>
      {state && !state.ok ? (
        <p role="alert" className="text-xs font-medium text-danger">
          {messages[state.error.code]}
        </p>
      ) : null}
    </Form>
  );
}
