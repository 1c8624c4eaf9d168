/** Groups of mails that a learner may do without. Orders, money and the account's own safety are never among them. */
export const OPTIONAL_MAILS = ["learning"] as const;
export type OptionalMails = (typeof OPTIONAL_MAILS)[number];

const GROUPS: Readonly<Record<string, OptionalMails>> = {
  enrollment_welcome: "learning",
  certificate_earned: "learning",
};

/** The group in which a kind of mail can be switched off; null for those that are always sent. */
export function optionalGroupOf(kind: string): OptionalMails | null {
  return GROUPS[kind] ?? null;
}
