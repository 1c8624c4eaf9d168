import type { SecurityEvent, SecurityNotice } from "../account-mails";
import { LetterPaper, Paragraph, PressLink, type Shop, TextLink } from "./letter";

export const signUpKnownSubject = (shop: Shop) => `You already have an account at ${shop.name}`;

/** Instead of the link that makes an account: only the owner of the mailbox learns that there is one. */
export function SignUpKnownLetter({ name, shop }: { readonly name: string; readonly shop: Shop }) {
  return (
    <LetterPaper
      shop={shop}
      preview="Sign in with it, or choose a new password."
      heading="You are known here"
    >
      <Paragraph>Hello {name},</Paragraph>
      <Paragraph>
        Somebody asked for a new account with this e-mail address. You already have one, so none was made.
      </Paragraph>
      <PressLink href={`${shop.url}/sign-in`}>Sign in</PressLink>
      <Paragraph>
        You forgot the password? <TextLink href={`${shop.url}/reset-password`}>Choose a new one</TextLink>. If
        it was not you who asked, there is nothing to do.
      </Paragraph>
    </LetterPaper>
  );
}

const events: Readonly<Record<SecurityEvent, { readonly subject: string; readonly says: string }>> = {
  password_changed: {
    subject: "Your password was changed",
    says: "The password of your account was changed, and every other browser was signed out.",
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
