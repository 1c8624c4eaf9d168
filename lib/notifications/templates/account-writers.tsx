/** Adapter: opens the sealed tokens of the outbox, for the mails about the account itself. */
import "server-only";
import { err, ok } from "@/lib/result";
import { unseal } from "@/lib/seal";
import { accountPayloads, type LinkKind, MAILED_TOKEN } from "../account-mails";
import { AccountLinkLetter, accountLinks } from "./account-link";
import {
  AccountErasedLetter,
  accountErasedSubject,
  ChangeEmailKnownLetter,
  changeEmailKnownSubject,
  DataExportReadyLetter,
  dataExportReadySubject,
  SecurityNoticeLetter,
  SignUpKnownLetter,
  securityNoticeSubject,
  signUpKnownSubject,
} from "./account-notice";
import { type Writer, writer } from "./writer";

/** A token sealed under a secret that is no longer there cannot be sent. */
function linkWriter(kind: LinkKind): Writer {
  return (payload, shop) => {
    const read = accountPayloads[kind].safeParse(payload);
    const token = read.success ? unseal(read.data.sealedToken, MAILED_TOKEN) : null;
    if (!read.success || token === null) return err("sealedToken");
    const { name } = read.data;
    return ok({
      subject: accountLinks[kind].subject(shop),
      letter: <AccountLinkLetter kind={kind} name={name} token={token} shop={shop} />,
    });
  };
}

export const accountWriters = {
  sign_up_link: linkWriter("sign_up_link"),
  verify_address_link: linkWriter("verify_address_link"),
  change_email_link: linkWriter("change_email_link"),
  sign_in_link: linkWriter("sign_in_link"),
  reset_password_link: linkWriter("reset_password_link"),
  sign_up_known: writer(accountPayloads.sign_up_known, ({ name }, shop) => ({
    subject: signUpKnownSubject(shop),
    letter: <SignUpKnownLetter name={name} shop={shop} />,
  })),
  change_email_known: writer(accountPayloads.change_email_known, ({ name }, shop) => ({
    subject: changeEmailKnownSubject(),
    letter: <ChangeEmailKnownLetter name={name} shop={shop} />,
  })),
  data_export_ready: writer(accountPayloads.data_export_ready, ({ name }, shop) => ({
    subject: dataExportReadySubject(shop),
    letter: <DataExportReadyLetter name={name} shop={shop} />,
  })),
  account_erased: writer(accountPayloads.account_erased, (_payload, shop) => ({
    subject: accountErasedSubject(shop),
    letter: <AccountErasedLetter shop={shop} />,
  })),
  security_notice: writer(accountPayloads.security_notice, (notice, shop) => ({
    subject: securityNoticeSubject(notice),
    letter: <SecurityNoticeLetter notice={notice} shop={shop} />,
  })),
} as const;
