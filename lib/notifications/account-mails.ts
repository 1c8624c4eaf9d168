import { z } from "zod";

/** A mail whose link carries a one-time token; the token is sealed, so that the outbox does not show it. */
const link = z.object({
  /** The account's own name; null where nobody has proved yet whose mailbox it is, since strangers could write into it. */
  name: z.string().nullable(),
  sealedToken: z.string(),
});

/** What a security notice can be about. */
export const SECURITY_EVENTS = [
  "password_changed",
  "email_change_asked",
  "email_changed",
  "sign_in_linked",
  "sign_in_unlinked",
  "deletion_planned",
  "deletion_undone",
  "second_factor_on",
  "second_factor_off",
  "recovery_codes_new",
  "recovery_code_used",
] as const;
export type SecurityEvent = (typeof SECURITY_EVENTS)[number];

/** Mails about the account itself: links that prove a mailbox, and notices of what changed. */
export const accountPayloads = {
  sign_up_link: link,
  sign_up_known: z.object({ name: z.string() }),
  verify_address_link: link,
  change_email_link: link,
  change_email_known: z.object({ name: z.string() }),
  account_erased: z.object({}),
  data_export_ready: z.object({ name: z.string() }),
  sign_in_link: link,
  reset_password_link: link,
  security_notice: z.object({ name: z.string(), event: z.enum(SECURITY_EVENTS), at: z.iso.datetime() }),
} as const;

export type LinkKind =
  | "sign_up_link"
  | "verify_address_link"
  | "change_email_link"
  | "sign_in_link"
  | "reset_password_link";
export type SecurityNotice = z.output<typeof accountPayloads.security_notice>;

/** What the token of a mail is sealed for. */
export const MAILED_TOKEN = "mailed token";
