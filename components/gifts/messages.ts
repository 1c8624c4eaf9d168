import { commonMessages, type Message } from "@/components/identity/rejections";
import type { CommonRejection } from "@/lib/action";
import { MAX_DAYS_AHEAD } from "@/lib/gifts/limits";
import type { ChangeGiftRejection, ClaimRejection, GiveRejection, SendRejection } from "@/lib/gifts/schema";

const dayMessages = {
  day_past: { field: "deliverOn", text: "This day is over. Choose another, or leave the field empty." },
  day_far: { field: "deliverOn", text: `Choose a day within the next ${MAX_DAYS_AHEAD} days.` },
} as const;

export const giveMessages = {
  ...commonMessages,
  ...dayMessages,
  unknown_course: { text: "This course is no longer sold." },
  free_course: { text: "This course is free: a link to its page is gift enough." },
  other_currency: { text: "Your cart holds courses in another currency. Buy those first." },
  cart_full: { text: "Your cart is full. Buy or remove a course first." },
} satisfies Record<GiveRejection | CommonRejection, Message>;

export const sendMessages = {
  ...commonMessages,
  unknown_gift: { text: "This gift cannot be found." },
  not_open: { text: "This gift has ended, so nothing can be sent. Load the page again to see why." },
  claimed: { text: "This gift was accepted in the meantime." },
  not_sent_yet: { text: "This gift is not sent yet; its day is to come." },
  no_address: { text: "We have forgotten the address. Enter it again to send the gift." },
  throttled: { text: "This gift was sent often enough for now. Try again tomorrow." },
} satisfies Record<SendRejection | CommonRejection, Message>;

export const changeMessages = {
  ...sendMessages,
  ...dayMessages,
} satisfies Record<ChangeGiftRejection | CommonRejection, Message>;

export const claimMessages = {
  ...commonMessages,
  unknown_link: { text: "This link no longer works. Use the newest mail about this gift." },
  not_open: { text: "This gift cannot be accepted any more. Load the page again to see why." },
  claimed: { text: "Somebody has accepted this gift already." },
  already_owned: { text: "You have this course already, so the gift stays open for somebody else." },
  throttled: { text: "Too many links that did not work. Wait an hour, then try again." },
} satisfies Record<ClaimRejection | CommonRejection, Message>;
