import { z } from "zod";
import { PROVIDERS } from "@/lib/identity/providers";
import {
  email,
  name,
  newPassword,
  secondStepInput,
  tokenInput,
  type WeakPassword,
} from "@/lib/identity/schema";
import type { OptionalMails } from "@/lib/notifications/optional-mails";
import { AVATARS, LOCALES, THEMES, TIME_ZONES } from "./profile-choices";

/** The password, asked for again before the account itself changes. */
export const ownPassword = z.string().min(1, "Enter your password.").max(512, "The password is too long.");

export const confirmedInput = z.object({ password: ownPassword });
export const confirmTwoStepInput = secondStepInput;

export type ConfirmRejection = "wrong_password" | "throttled";
export type TwoStepRejection = "wrong_code" | "throttled";

const ticked = z
  .string()
  .optional()
  .transform((value) => value === "on");

/** Nothing chosen: as the browser has it. */
const choiceOf = (known: readonly string[], message: string) =>
  z
    .string()
    .default("")
    .transform((value) => value || null)
    .refine((value) => value === null || known.includes(value), message);

export const profileInput = z.object({
  name,
  avatar: z.coerce
    .number()
    .int()
    .min(0, "Choose one of the pictures.")
    .max(AVATARS - 1, "Choose one of the pictures."),
  timeZone: choiceOf(TIME_ZONES, "Choose a time zone of the list."),
  locale: choiceOf(LOCALES, "Choose a way of the list."),
  theme: z.enum(THEMES),
});
export type Profile = z.output<typeof profileInput>;

export const notificationsInput = z.object({
  learning: ticked,
  certificates: ticked,
  gifts: ticked,
} satisfies Record<OptionalMails, z.ZodType>);
export type Notifications = Readonly<Record<OptionalMails, boolean>>;

export const changeEmailInput = z.object({ email, password: ownPassword });
export const changePasswordInput = z.object({ currentPassword: ownPassword, newPassword });
export const newAddressInput = tokenInput;
export const sessionInput = z.object({ session: z.uuid() });
export const providerInput = z.object({ provider: z.enum(PROVIDERS), password: ownPassword });
export const nothingInput = z.object({});

export type ChangeEmailRejection = ConfirmRejection | "same_address" | "too_many_links";
export type LinkRejection = ConfirmRejection | "not_configured" | "address_not_proved";
export type ChangePasswordRejection = ConfirmRejection | WeakPassword;
