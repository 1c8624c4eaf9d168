import { z } from "zod";
import type { UserId } from "@/lib/ids";
import { accountPayloads } from "./account-mails";
import { refundPayloads, staffPayloads } from "./refund-mails";

/** An amount in the minor unit of the payload's `currency`. */
const amount = z.number().int().nonnegative();

const orderConfirmation = z.object({
  name: z.string(),
  orderNumber: z.string(),
  currency: z.string().length(3),
  items: z
    .array(
      z.object({
        title: z.string(),
        slug: z.string(),
        priceAmount: amount,
        netAmount: amount,
        isGift: z.boolean().optional(),
      }),
    )
    .min(1),
  subtotalAmount: amount,
  discountAmount: amount,
  taxAmount: amount,
  totalAmount: amount,
  couponCode: z.string().nullable(),
});

const enrollmentWelcome = z.union([
  z.object({
    name: z.string(),
    /** Whether the course cost nothing and needed no order. */
    isFree: z.boolean(),
    courses: z
      .array(
        z.object({
          title: z.string(),
          slug: z.string(),
          firstLesson: z.object({ slug: z.string(), title: z.string() }).nullable(),
        }),
      )
      .min(1),
  }),
  // As mails of free courses were queued before orders had this mail too.
  z.object({ name: z.string(), title: z.string(), slug: z.string() }).transform(({ name, ...course }) => ({
    name,
    isFree: true,
    courses: [{ ...course, firstLesson: null }],
  })),
]);

const paymentReceipt = z.object({
  name: z.string(),
  orderNumber: z.string(),
  currency: z.string().length(3),
  totalAmount: amount,
  /** "visa 4242", or the method's name. */
  paymentMethod: z.string().nullable(),
  paidAt: z.iso.datetime(),
  receiptUrl: z.url(),
});

const certificateEarned = z.object({
  name: z.string(),
  title: z.string(),
  /** Of its public page. */
  certificateId: z.string(),
});

const duplicateRefund = z.object({
  name: z.string(),
  orderNumber: z.string(),
  currency: z.string().length(3),
  items: z.array(z.object({ title: z.string(), refundAmount: amount })).min(1),
  refundAmount: amount,
});

const refundSent = z.object({
  name: z.string(),
  orderNumber: z.string(),
  currency: z.string().length(3),
  items: z.array(z.object({ title: z.string(), refundAmount: amount })).min(1),
  refundAmount: amount,
  /** Courses whose price is all back: they can be read no longer. */
  endedTitles: z.array(z.string()),
  /** Gifts whose price is all back. */
  endedGiftTitles: z.array(z.string()).optional(),
});

const paymentFailed = z.object({
  name: z.string(),
  orderNumber: z.string(),
  currency: z.string().length(3),
  items: z.array(z.object({ title: z.string(), slug: z.string() })).min(1),
  totalAmount: amount,
});

const giftReceived = z.object({
  /** Who gives it; null when their account is gone. */
  from: z.string().nullable(),
  title: z.string(),
  summary: z.string(),
  message: z.string(),
  sealedToken: z.string(),
});

const giftEnded = z.object({ name: z.string(), title: z.string() });

const giftClaimed = z.object({ name: z.string(), title: z.string(), orderNumber: z.string() });

/**
 * What each kind of mail is made from: a snapshot taken in the business transaction, so that a mail sent
 * hours later still says what was true then.
 */
export const emailPayloads = {
  ...accountPayloads,
  ...refundPayloads,
  ...staffPayloads,
  order_confirmation: orderConfirmation,
  enrollment_welcome: enrollmentWelcome,
  payment_receipt: paymentReceipt,
  duplicate_refund: duplicateRefund,
  refund_sent: refundSent,
  payment_failed: paymentFailed,
  certificate_earned: certificateEarned,
  gift_received: giftReceived,
  gift_claimed: giftClaimed,
  gift_ended: giftEnded,
} as const;

export type EmailKind = keyof typeof emailPayloads;
export type EmailPayload<K extends EmailKind> = z.output<(typeof emailPayloads)[K]>;

/** A mail to queue. `subjectId` is what it is about; one (kind, subject) is sent once, however often it is queued. */
export type NewEmail = {
  [K in EmailKind]: {
    readonly kind: K;
    readonly subjectId: string;
    readonly userId: UserId | null;
    readonly toAddress: string;
    readonly payload: EmailPayload<K>;
  };
}[EmailKind];

export type OrderConfirmation = EmailPayload<"order_confirmation">;
export type EnrollmentWelcome = EmailPayload<"enrollment_welcome">;
export type PaymentReceipt = EmailPayload<"payment_receipt">;
export type CertificateEarned = EmailPayload<"certificate_earned">;
export type DuplicateRefund = EmailPayload<"duplicate_refund">;
export type RefundSent = EmailPayload<"refund_sent">;
export type GiftReceived = EmailPayload<"gift_received">;
export type GiftEnded = EmailPayload<"gift_ended">;
export type GiftClaimed = EmailPayload<"gift_claimed">;
export type PaymentFailed = EmailPayload<"payment_failed">;
