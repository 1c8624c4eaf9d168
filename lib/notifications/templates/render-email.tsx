/** Adapter: react-email turns a letter into what is sent. */
import "server-only";
import { render, toPlainText } from "react-email";
import { env } from "@/lib/env";
import { err, ok, type Result } from "@/lib/result";
import { type EmailKind, emailPayloads } from "../schema";
import { accountWriters } from "./account-writers";
import { CertificateEarnedLetter, certificateEarnedSubject } from "./certificate-earned";
import { DuplicateRefundLetter, duplicateRefundSubject } from "./duplicate-refund";
import { EnrollmentWelcomeLetter, enrollmentWelcomeSubject } from "./enrollment-welcome";
import { OrderConfirmationLetter, orderConfirmationSubject } from "./order-confirmation";
import { PaymentFailedLetter, paymentFailedSubject } from "./payment-failed";
import { RefundSentLetter, refundSentSubject } from "./refund-sent";
import { refundWriters, staffWriters } from "./refund-writers";
import { type Writer, writer } from "./writer";

export type RenderedEmail = { readonly subject: string; readonly html: string; readonly text: string };

const writers: Readonly<Record<EmailKind, Writer>> = {
  ...accountWriters,
  ...refundWriters,
  ...staffWriters,
  order_confirmation: writer(emailPayloads.order_confirmation, (order, shop) => ({
    subject: orderConfirmationSubject(order),
    letter: <OrderConfirmationLetter order={order} shop={shop} />,
  })),
  enrollment_welcome: writer(emailPayloads.enrollment_welcome, (course, shop) => ({
    subject: enrollmentWelcomeSubject(course),
    letter: <EnrollmentWelcomeLetter course={course} shop={shop} />,
  })),
  certificate_earned: writer(emailPayloads.certificate_earned, (certificate, shop) => ({
    subject: certificateEarnedSubject(certificate),
    letter: <CertificateEarnedLetter certificate={certificate} shop={shop} />,
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

/** Subject, HTML and plain text of a queued mail; the error names the kind or field that cannot be read. */
export async function renderEmail(kind: string, payload: unknown): Promise<Result<RenderedEmail, string>> {
  const { STORE_NAME, STORE_ADDRESS, APP_URL } = env();
  const write = Object.hasOwn(writers, kind) ? writers[kind as EmailKind] : undefined;
  if (!write) return err(`unknown kind ${kind}`);
  const draft = write(payload, { name: STORE_NAME, url: APP_URL, address: STORE_ADDRESS });
  if (!draft.ok) return draft;
  const html = await render(draft.value.letter);
  return ok({ subject: oneLine(draft.value.subject), html, text: toPlainText(html, plainText) });
}

/** Amounts stand beside their labels, addresses between angle brackets, so that no full stop becomes part of one. */
const plainText = {
  wordwrap: 78,
  selectors: [
    { selector: "table.amounts", format: "dataTable" },
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
