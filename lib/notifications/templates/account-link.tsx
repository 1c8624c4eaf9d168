import type { LinkKind } from "../account-mails";
import { LetterPaper, Paragraph, PressLink, type Shop } from "./letter";

type Words = {
  readonly subject: (shop: Shop) => string;
  readonly heading: string;
  readonly says: string;
  readonly press: string;
  readonly path: string;
  /** How long the link works, and what to do when it was not you. */
  readonly ends: string;
};

export const accountLinks: Readonly<Record<LinkKind, Words>> = {
  sign_up_link: {
    subject: (shop) => `Finish your account at ${shop.name}`,
    heading: "One step left",
    says: "An account is being made with this e-mail address. It is yours once you say so:",
    press: "Create the account",
    path: "/verify-email",
    ends: "The link works once, for an hour. If this was not you, do nothing: no account is made.",
  },
  verify_address_link: {
    subject: () => "Is this your e-mail address?",
    heading: "Confirm your e-mail address",
    says: "Please confirm that this mailbox is yours. We then know where to send receipts and a new password.",
    press: "Confirm the address",
    path: "/verify-email",
    ends: "The link works once, for a day. If you have no account with us, do nothing.",
  },
  change_email_link: {
    subject: () => "Your new e-mail address",
    heading: "Is this your new address?",
    says: "An account is to have this e-mail address from now on. Until you confirm it, nothing changes.",
    press: "Use this address",
    path: "/verify-email",
    ends: "The link works once, for an hour. If this was not you, do nothing.",
  },
  sign_in_link: {
    subject: (shop) => `Your link to sign in to ${shop.name}`,
    heading: "Sign in without a password",
    says: "You asked for a link to sign in:",
    press: "Sign in",
    path: "/sign-in/link",
    ends: "The link works once, for 15 minutes. If you did not ask for it, do nothing: nobody gets in without it.",
  },
  reset_password_link: {
    subject: () => "Choose a new password",
    heading: "Choose a new password",
    says: "You asked for a new password. Your old one works until you have chosen it:",
    press: "Choose a new password",
    path: "/reset-password",
    ends: "The link works once, for 30 minutes. If you did not ask for it, do nothing: your password stays as it is.",
  },
};

type LetterProps = {
  readonly kind: LinkKind;
  readonly name: string | null;
  readonly token: string;
  readonly shop: Shop;
};

/** A letter with one link. Opening the link changes nothing: only the button on its page does. */
export function AccountLinkLetter({ kind, name, token, shop }: LetterProps) {
  const { heading, says, press, path, ends } = accountLinks[kind];
  return (
    <LetterPaper shop={shop} preview={ends} heading={heading}>
      <Paragraph>Hello{name === null ? "" : ` ${name}`},</Paragraph>
      <Paragraph>{says}</Paragraph>
      <PressLink href={`${shop.url}${path}?token=${token}`}>{press}</PressLink>
      <Paragraph>{ends}</Paragraph>
    </LetterPaper>
  );
}
