import type { EmailKind, EmailPayload } from "./schema";

/** The words that people write themselves, and the sealed token of mails with a link. */
export type SampleWords = { readonly name: string; readonly title: string; readonly sealedToken: string };

/** A mail of every kind, to look at and to test. A new kind does not compile until it stands here. */
export function sampleMails({ name, title, sealedToken }: SampleWords): {
  readonly [K in EmailKind]: EmailPayload<K>;
} {
  const order = { orderNumber: "ORD-20260131-7K3M9Q", currency: "usd" };
  const link = { name, sealedToken };
  const at = "2026-01-31T09:30:00.000Z";
  const wish = {
    ...order,
    titles: [title, "Joins and windows"],
    refundAmount: 10_800,
    reason: "It is not what I expected",
    body: `The first lesson was fine, the second one lost me.\n${name}`,
  };
  const returned = [
    { title, refundAmount: 4_900 },
    { title: "Joins and windows", refundAmount: 5_900 },
  ];
  return {
    sign_up_link: link,
    sign_up_known: { name },
    verify_address_link: link,
    change_email_link: link,
    change_email_known: { name },
    sign_in_link: link,
    reset_password_link: link,
    account_erased: {},
    data_export_ready: { name },
    security_notice: { name, event: "password_changed", at },
    order_confirmation: {
      ...order,
      name,
      items: [
        { title, slug: "python-from-zero", priceAmount: 4_900, netAmount: 3_920 },
        { title: "Joins and windows", slug: "joins-and-windows", priceAmount: 5_900, netAmount: 4_720 },
      ],
      subtotalAmount: 10_800,
      discountAmount: 2_160,
      taxAmount: 1_642,
      totalAmount: 10_282,
      couponCode: "SPRING20",
    },
    payment_receipt: {
      ...order,
      name,
      totalAmount: 10_282,
      paymentMethod: "visa 4242",
      paidAt: at,
      receiptUrl: "https://pay.stripe.com/receipts/sample",
    },
    enrollment_welcome: {
      name,
      isFree: false,
      courses: [
        { title, slug: "python-from-zero", firstLesson: { slug: "hello", title } },
        { title: "Joins and windows", slug: "joins-and-windows", firstLesson: null },
      ],
    },
    certificate_earned: { name, title, certificateId: "Zx8kQ2v7nL4pR1tY6wB3sA" },
    gift_received: { from: name, title, summary: "All about it.", message: `For you.\n${name}`, sealedToken },
    gift_claimed: { name, title, orderNumber: order.orderNumber },
    gift_ended: { name, title },
    payment_failed: {
      ...order,
      name,
      items: [{ title, slug: "python-from-zero" }],
      totalAmount: 4_900,
    },
    duplicate_refund: { ...order, name, items: returned, refundAmount: 10_800 },
    refund_sent: { ...order, name, items: returned, refundAmount: 10_800, endedTitles: [title] },
    refund_requested: { ...wish, name },
    refund_declined: { ...order, name, answer: `You have read all of ${title}.` },
    refund_failed: { ...order, name, refundAmount: 10_800 },
    refund_refused: { ...order, name, refundAmount: 10_800 },
    refund_request_opened: {
      ...wish,
      requestId: "0197aaaa-0000-7000-8000-000000000001",
      learner: name,
      learnerEmail: "reader@example.org",
    },
    dispute_notice: {
      ...order,
      amount: 10_282,
      state: "open",
      isSecond: false,
      reason: "product_not_received",
      respondBy: "2026-02-10T23:59:59.000Z",
    },
    sender_test: { name, from: "Lectern <shop@lectern.example>" },
  };
}
