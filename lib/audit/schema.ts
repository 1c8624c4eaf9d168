/** Every change that staff can make, in the words of the audit log. */
export const AUDIT_ACTIONS = {
  "orders.exported": "Exported orders",
  "order.refunded": "Asked for a refund",
  "refund_request.approved": "Approved a refund request",
  "refund_request.declined": "Declined a refund request",
  "order.noted": "Wrote a note",
  "mail.resent": "Sent a mail again",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

export const SUBJECT_TYPES = [
  "order",
  "coupon",
  "user",
  "course",
  "enrollment",
  "event",
  "mail",
  "list",
] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];
