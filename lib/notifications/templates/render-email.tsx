/** Adapter: react-email turns a letter into what is sent. */
import "server-only";
import { render, toPlainText } from "react-email";
import { env } from "@/lib/env";
import type { UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import { OPTIONAL_MAIL_WORDS, optionalGroupOf } from "../optional-mails";
import { type EmailKind, emailPayloads } from "../schema";
import { unsubscribeLinks } from "../unsubscribe";
import { accountWriters } from "./account-writers";
import { CertificateEarnedLetter, certificateEarnedSubject } from "./certificate-earned";
import { DuplicateRefundLetter, duplicateRefundSubject } from "./duplicate-refund";
import { EnrollmentWelcomeLetter, enrollmentWelcomeSubject } from "./enrollment-welcome";
import {
  GiftClaimedLetter,
  GiftEndedLetter,
  giftClaimedSubject,
  giftEndedSubject,
  giftReceivedWriter,
} from "./gift";
import { OrderConfirmationLetter, orderConfirmationSubject } from "./order-confirmation";
import { PaymentFailedLetter, paymentFailedSubject } from "./payment-failed";
import { PaymentReceiptLetter, paymentReceiptSubject } from "./payment-receipt";
import { RefundSentLetter, refundSentSubject } from "./refund-sent";
import { refundWriters, staffWriters } from "./refund-writers";
import { type Writer, writer } from "./writer";

export type RenderedEmail = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
};

const writers: Readonly<Record<EmailKind, Writer>> = {
  ...accountWriters,
  ...refundWriters,
  ...staffWriters,
  order_confirmation: writer(emailPayloads.order_confirmation, (order, shop) => ({
    subject: orderConfirmationSubject(order),
    letter: <OrderConfirmationLetter order={order} shop={shop} />,
  })),
  enrollment_welcome: writer(emailPayloads.enrollment_welcome, (welcome, shop) => ({
    subject: enrollmentWelcomeSubject(welcome),
    letter: <EnrollmentWelcomeLetter welcome={welcome} shop={shop} />,
  })),
  payment_receipt: writer(emailPayloads.payment_receipt, (receipt, shop) => ({
    subject: paymentReceiptSubject(receipt),
    letter: <PaymentReceiptLetter receipt={receipt} shop={shop} />,
  })),
  certificate_earned: writer(emailPayloads.certificate_earned, (certificate, shop) => ({
    subject: certificateEarnedSubject(certificate),
    letter: <CertificateEarnedLetter certificate={certificate} shop={shop} />,
  })),
  gift_received: giftReceivedWriter,
  gift_claimed: writer(emailPayloads.gift_claimed, (gift, shop) => ({
    subject: giftClaimedSubject(gift),
    letter: <GiftClaimedLetter gift={gift} shop={shop} />,
  })),
  gift_ended: writer(emailPayloads.gift_ended, (gift, shop) => ({
    subject: giftEndedSubject(gift),
    letter: <GiftEndedLetter gift={gift} shop={shop} />,
  })),
  duplicate_refund: writer(emailPayloads.duplicate_refund, (refund, shop) => ({
    subject: duplicateRefundSubject(refund),
    letter: <DuplicateRefundLetter refund={refund} shop={shop} />,
  })),
  refund_sent: writer(emailPayloads.refund_sent, (refund, shop) => ({
    subject: refundSentSubject(refund),
    letter: <RefundSentLetter refund={refund} shop={shop} />,
  })),
  payment_failed: writer(emailPayloads.payment_failed, (order, shop) => ({
    subject: paymentFailedSubject(order),
    letter: <PaymentFailedLetter order={order} shop={shop} />,
  })),
};

/**
 * Subject, HTML and plain text of a queued mail; the error names the kind or field that cannot be read. A mail that
 * `reader` may do without says how to end such mails, in its foot and in the headers that mail programs read (RFC 8058).
 */
export async function renderEmail(
  kind: string,
  payload: unknown,
  reader: UserId | null = null,
): Promise<Result<RenderedEmail, string>> {
  const { STORE_NAME, STORE_ADDRESS, APP_URL } = env();
  const write = Object.hasOwn(writers, kind) ? writers[kind as EmailKind] : undefined;
  if (!write) return err(`unknown kind ${kind}`);
  const group = optionalGroupOf(kind);
  const links = group && reader ? unsubscribeLinks(reader, group) : null;
  const unsubscribe = group && links ? { page: links.page, about: OPTIONAL_MAIL_WORDS[group].mine } : null;
  const shop = { name: STORE_NAME, url: APP_URL, address: STORE_ADDRESS, unsubscribe };
  const draft = write(payload, shop);
  if (!draft.ok) return draft;
  const html = await render(draft.value.letter);
  const subject = oneLine(draft.value.subject);
  return ok({ subject, html, text: toPlainText(html, plainText), headers: links?.headers ?? {} });
}

/** Amounts stand beside their labels, addresses between angle brackets, so that no full stop becomes part of one. */
const plainText = {
  wordwrap: 78,
  selectors: [
    { selector: "table.amounts", format: "dataTable" },
    // A table is as wide as its longest line, and the courses' addresses would make that longer than a screen.
    { selector: "td.rule > a", format: "inline" },
    { selector: "a", options: { linkBrackets: ["<", ">"] as [string, string] } },
    { selector: "h1", options: { uppercase: false } },
  ],
};

/** A subject is one header line; whatever a title holds, it stays one. */
const oneLine = (subject: string) =>
  subject
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 200);

/** The letter as a mail program with a dark side shows it, to be looked at beside the light one. */
export const inDarkDress = (html: string) => html.replaceAll("(prefers-color-scheme: dark)", "all");
