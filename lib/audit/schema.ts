/** Every change that staff can make, in the words of the audit log. */
export const AUDIT_ACTIONS = {
  "orders.exported": "Exported orders",
  "order.refunded": "Asked for a refund",
  "refund_request.approved": "Approved a refund request",
  "refund_request.declined": "Declined a refund request",
  "order.noted": "Wrote a note",
  "mail.resent": "Sent a mail again",
  "mail.tested": "Sent a test mail",
  "coupon.created": "Made a coupon",
  "coupon.edited": "Changed a coupon",
  "coupon.switched": "Switched a coupon on or off",
  "coupon.batch_created": "Made a batch of codes",
  "coupon.batch_switched": "Switched a batch of codes on or off",
  "coupons.exported": "Exported coupons",
  "user.role_changed": "Changed a role",
  "user.blocked": "Blocked an account",
  "user.unblocked": "Let an account in again",
  "user.sessions_ended": "Signed somebody out",
  "user.verification_sent": "Sent a link to confirm an address",
  "user.export_requested": "Asked for a copy of somebody’s data",
  "user.erasure_planned": "Planned the erasure of an account",
  "user.erasure_undone": "Kept an account after all",
  "event.retried": "Worked on a payment event again",
  "alert.cleared": "Cleared an alert",
  "difference.repaired": "Repaired a difference with Stripe",
  "books.compared": "Compared the books with Stripe’s",
  "analytics.exported": "Exported numbers",
  "seat.granted": "Gave a seat in a course",
  "seat.extended": "Made a seat last longer",
  "seat.revoked": "Took a seat away",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

export const SUBJECT_TYPES = [
  "order",
  "coupon",
  "batch",
  "user",
  "course",
  "enrollment",
  "event",
  "alert",
  "mail",
  "list",
] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];
