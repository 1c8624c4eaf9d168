"use client";

import type { CommonRejection } from "@/lib/action";
import { resendGiftAction } from "@/lib/desk/actions";
import type { ResendGiftRejection } from "@/lib/desk/schema";
import { commonTexts } from "./common-texts";
import { ResendForm } from "./resend-form";

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
  const about = { gift, deliveries };
  const done = "a fresh link is on its way. The one before is dead.";
  return <ResendForm action={resendGiftAction} about={about} name={title} done={done} messages={messages} />;
}
