import { z } from "zod";

/** An amount in the minor unit of the payload's `currency`. */
const amount = z.number().int().nonnegative();

const wish = {
  orderNumber: z.string(),
  currency: z.string().length(3),
  titles: z.array(z.string()).min(1),
  refundAmount: amount,
  /** The category in words. */
  reason: z.string(),
  /** What the learner wrote; may be empty. */
  body: z.string(),
};

const unpaid = {
  name: z.string(),
  orderNumber: z.string(),
  currency: z.string().length(3),
  refundAmount: amount,
};

/** Mails about money that is asked back and goes back, beside those of the payment itself. */
export const refundPayloads = {
  refund_requested: z.object({ ...wish, name: z.string() }),
  refund_declined: z.object({ name: z.string(), orderNumber: z.string(), answer: z.string() }),
  refund_failed: z.object(unpaid),
  refund_refused: z.object(unpaid),
} as const;

/** Mails to those who work in the shop. */
export const staffPayloads = {
  refund_request_opened: z.object({
    ...wish,
    requestId: z.string(),
    learner: z.string(),
    learnerEmail: z.string(),
  }),
  dispute_notice: z.object({
    orderNumber: z.string(),
    currency: z.string().length(3),
    amount,
    state: z.enum(["inquiry", "open", "lost"]),
    /** Of a second payment of the order, which goes back by itself. Not said in mails that were queued earlier. */
    isSecond: z.boolean().default(false),
    /** Stripe's word. */
    reason: z.string(),
    /** Until when the bank takes an answer. */
    respondBy: z.iso.datetime().nullable(),
  }),
  sender_test: z.object({ name: z.string(), from: z.string() }),
} as const;

export type StaffKind = keyof typeof staffPayloads;
export type RefundRequested = z.output<typeof refundPayloads.refund_requested>;
export type RefundDeclined = z.output<typeof refundPayloads.refund_declined>;
export type RefundFailed = z.output<typeof refundPayloads.refund_failed>;
export type RefundRefused = z.output<typeof refundPayloads.refund_refused>;
export type DisputeNotice = z.output<typeof staffPayloads.dispute_notice>;
export type SenderTest = z.output<typeof staffPayloads.sender_test>;
export type RefundRequestOpened = z.output<typeof staffPayloads.refund_request_opened>;
