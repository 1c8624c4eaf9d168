import type { EmailKind } from "./schema";

/** Groups of mails that a learner may do without. Orders, money and the account's own safety are never among them. */
export const OPTIONAL_MAILS = ["learning", "certificates", "gifts"] as const;
export type OptionalMails = (typeof OPTIONAL_MAILS)[number];

const GROUPS: Readonly<Record<string, OptionalMails>> = {
  enrollment_welcome: "learning",
  certificate_earned: "certificates",
  gift_claimed: "gifts",
} satisfies Partial<Record<EmailKind, OptionalMails>>;

/** The group in which a kind of mail can be switched off; null for those that are always sent. */
export function optionalGroupOf(kind: string): OptionalMails | null {
  return GROUPS[kind] ?? null;
}

type Words = {
  /** After "mails about", as the reader says it. */
  readonly mine: string;
  /** The same, said to the reader. */
  readonly yours: string;
  /** When such a mail comes. */
  readonly when: string;
};

/** What the mails of each group are about. */
export const OPTIONAL_MAIL_WORDS: Readonly<Record<OptionalMails, Words>> = {
  learning: {
    mine: "my courses",
    yours: "your courses",
    when: "when one begins, with its first lesson",
  },
  certificates: { mine: "my certificates", yours: "your certificates", when: "when one is earned" },
  gifts: { mine: "gifts I gave", yours: "gifts you gave", when: "when one is accepted" },
};
