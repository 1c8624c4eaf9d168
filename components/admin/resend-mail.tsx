"use client";

import { commonMessages } from "@/components/identity/rejections";
import type { CommonRejection } from "@/lib/action";
import { resendMailAction } from "@/lib/desk/actions";
import type { ResendRejection } from "@/lib/desk/schema";
import { ResendForm } from "./resend-form";

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
  const about = { order, email, copies };
  return (
    <ResendForm
      action={resendMailAction}
      about={about}
      name={name}
      done="on its way once more."
      messages={messages}
    />
  );
}
