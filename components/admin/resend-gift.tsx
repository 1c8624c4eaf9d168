"use client";

import { useEffect } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { showToast } from "@/components/ui/toast";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection } from "@/lib/action";
import { resendGiftAction } from "@/lib/desk/actions";
import type { ResendGiftRejection } from "@/lib/desk/schema";
import { commonTexts } from "./common-texts";

type Props = { readonly gift: string; readonly deliveries: number; readonly title: string };

const messages = {
  ...commonTexts,
  unknown_gift: "This gift is not there any more.",
  not_open: "This gift has ended. Load the page again to see why.",
  claimed: "This gift was accepted in the meantime.",
  not_sent_yet: "This gift is not sent yet; its day is to come.",
  no_address: "Its address is no longer kept. Ask the buyer to enter it again.",
  too_often: "This gift was sent again five times. Ask the buyer whether its address is right.",
} satisfies Record<ResendGiftRejection | CommonRejection, string>;

/** Sends a gift once more, with a fresh link. */
export function ResendGift({ gift, deliveries, title }: Props) {
  const { state, form } = useFormAction(resendGiftAction);
  useEffect(() => {
    if (state?.ok) showToast({ message: `${title}: a fresh link is on its way. The one before is dead.` });
  }, [state, title]);
  return (
    <Form {...form} className="grid justify-items-end gap-1">
      <input type="hidden" name="gift" value={gift} />
      <input type="hidden" name="deliveries" value={deliveries} />
      <SubmitButton size="small" busyLabel="Sending">
        Send again<span className="sr-only">: {title}</span>
      </SubmitButton>
      {state && !state.ok ? (
        <p role="alert" className="text-xs font-medium text-danger">
          {messages[state.error.code]}
        </p>
      ) : null}
    </Form>
  );
}
