import type { SecurityEvent, SecurityNotice } from "../account-mails";
import { LetterPaper, Paragraph, PressLink, type Shop, TextLink } from "./letter";

export const signUpKnownSubject = (shop: Shop) => `You already have an account at ${shop.name}`;

/** Instead of the link that makes an account: only the owner of the mailbox learns that there is one. */
export function SignUpKnownLetter({ name, shop }: { readonly name: string; readonly shop: Shop }) {
  return (
    <LetterPaper
      shop={shop}
      preview="Sign in with it, or choose a new password."
      heading="You already have an account"
    >
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        Somebody asked for a new account with this e-mail address. You already have one, so none was created.
      </Paragraph>
      <PressLink href={`${shop.url}/sign-in`}>Sign in</PressLink>
      <Paragraph>
        Forgot the password? <TextLink href={`${shop.url}/reset-password`}>Choose a new one</TextLink>. If it
        was not you who asked, there is nothing to do.
      </Paragraph>
    </LetterPaper>
  );
}

const events: Readonly<Record<SecurityEvent, { readonly subject: string; readonly says: string }>> = {
  password_changed: {
    subject: "Your password was changed",
    says: "The password of your account was changed, and every other browser was signed out.",
  },
  email_change_asked: {
    subject: "A new e-mail address was asked for",
    says: "Somebody who knows your password wants your account to have another e-mail address. It changes once the new one is confirmed.",
  },
  email_changed: {
    subject: "Your e-mail address was changed",
    says: "Your account has another e-mail address from now on. This is the last mail to the old one.",
  },
  sign_in_linked: {
    subject: "A sign-in was linked",
    says: "An account of another service now opens your account here.",
  },
  sign_in_unlinked: {
    subject: "A linked sign-in was removed",
    says: "An account of another service no longer opens your account here.",
  },
  deletion_planned: {
    subject: "Your account will be deleted",
    says: "In 14 days your account and what belongs to it are erased. Until then you can undo it: sign in, and open Settings, Your data.",
  },
  deletion_undone: {
    subject: "Your account stays",
    says: "The deletion of your account was undone. Everything is as it was.",
  },
  second_factor_on: {
    subject: "Two-step sign-in is on",
    says: "From now on, signing in asks for a code of your authenticator app.",
  },
  second_factor_off: {
    subject: "Two-step sign-in is off",
    says: "Signing in no longer asks for a code of your authenticator app.",
  },
  recovery_codes_new: {
    subject: "You have new recovery codes",
    says: "New recovery codes were made for your account. The old ones no longer work.",
  },
  recovery_code_used: {
    subject: "A recovery code was used",
    says: "Somebody signed in to your account with a recovery code. It will not work again.",
  },
};

export const securityNoticeSubject = ({ event }: SecurityNotice) => events[event].subject;

export const changeEmailKnownSubject = () => "This address is in use already";

/** Instead of the link, when the new address has an account: only the owner of the mailbox learns it. */
export function ChangeEmailKnownLetter({ name, shop }: { readonly name: string; readonly shop: Shop }) {
  return (
    <LetterPaper shop={shop} preview="Nothing was changed." heading="Nothing was changed">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        Somebody wanted to use this e-mail address for another account. It belongs to your account, so nothing
        was changed. If you have two accounts, change the address of this one first.
      </Paragraph>
    </LetterPaper>
  );
}

export const dataExportReadySubject = (shop: Shop) => `Your data from ${shop.name} is ready`;

/** Sent when the worker has packed the archive; the archive itself is behind the sign-in. */
export function DataExportReadyLetter({ name, shop }: { readonly name: string; readonly shop: Shop }) {
  return (
    <LetterPaper shop={shop} preview="Download it within a day." heading="Your data is ready">
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        The copy of your data is ready. You have 24 hours to download it; only you can, signed in.
      </Paragraph>
      <PressLink href={`${shop.url}/account/settings/data`}>Go to your data</PressLink>
    </LetterPaper>
  );
}

export const accountErasedSubject = (shop: Shop) => `Your account at ${shop.name} is deleted`;

/** The last mail to somebody. */
export function AccountErasedLetter({ shop }: { readonly shop: Shop }) {
  return (
    <LetterPaper shop={shop} preview="As you asked." heading="Your account is deleted">
      <Paragraph>Hello,</Paragraph>
      <Paragraph>
        As you asked, your account and what belonged to it are erased. Invoices and the records of payments
        are kept for as long as the law demands, and used for nothing else.
      </Paragraph>
    </LetterPaper>
  );
}

/** Sent after each change of what opens the account. */
export function SecurityNoticeLetter({
  notice,
  shop,
}: {
  readonly notice: SecurityNotice;
  readonly shop: Shop;
}) {
  const { subject, says } = events[notice.event];
  const at = `${notice.at.slice(0, 10)}, ${notice.at.slice(11, 16)} UTC`;
  return (
    <LetterPaper shop={shop} preview="If this was you, there is nothing to do." heading={subject}>
      <Paragraph>Hello {notice.name},</Paragraph>
      <Paragraph>
        {says} That was on {at}. If it was you, there is nothing to do.
      </Paragraph>
      <Paragraph>
        If it was not you, <TextLink href={`${shop.url}/reset-password`}>choose a new password</TextLink> at
        once: that signs out everybody else.
      </Paragraph>
    </LetterPaper>
  );
}
