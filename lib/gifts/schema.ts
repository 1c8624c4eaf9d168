import { z } from "zod";
import { type CartRejection, courseSlug } from "../cart/schema";
import { email } from "../identity/schema";
import type { GiftId } from "../ids";
import { MAX_MESSAGE } from "./limits";

/** A few lines of plain text: line breaks stay; control characters, also those that turn the reading order, go. */
const message = z
  .string()
  .default("")
  .transform((typed) =>
    typed
      .normalize("NFC")
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, " ")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  )
  .pipe(z.string().max(MAX_MESSAGE, `Use at most ${MAX_MESSAGE} characters.`));

/** A day, as date fields write it; an empty field means at once. */
const deliverOn = z
  .union([z.literal(""), z.iso.date("Choose a day, or leave the field empty.")])
  .default("")
  .transform((typed) => (typed === "" ? null : typed));

const recipient = { email, message, deliverOn };

export const giveInput = z.object({ course: courseSlug, ...recipient });

const giftId = z.uuid().transform((id) => id as GiftId);
export const changeGiftInput = z.object({ gift: giftId, ...recipient });
export const sendAgainInput = z.object({ gift: giftId });

/** 256 bits in base64url; whatever else is in an address is no link of ours. */
export const giftToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** Without one, the link that this browser kept on the way to an account. */
export const claimInput = z.object({ token: giftToken.optional() });
/** `to`: where somebody without a session goes before they come back to the gift. */
export const keepLinkInput = z.object({ token: giftToken, to: z.enum(["sign-in", "sign-up"]) });

export type DayRejection = "day_past" | "day_far";
export type GiveRejection = Exclude<CartRejection, "already_owned"> | DayRejection;
export type SendRejection =
  | "unknown_gift"
  | "not_open"
  | "claimed"
  | "not_sent_yet"
  | "no_address"
  | "throttled";
export type ChangeGiftRejection = Exclude<SendRejection, "not_sent_yet" | "no_address"> | DayRejection;
export type ClaimRejection = "unknown_link" | "not_open" | "claimed" | "already_owned" | "throttled";
