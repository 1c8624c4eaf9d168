type Place = {
  readonly table: string;
  /** The column with the person's id, or with the id of a row of `via` that is the person's. */
  readonly owner: string;
  readonly via?: string;
  /** A column with an e-mail address: rows that hold the person's are theirs as well. */
  readonly address?: string;
  /** What the copy calls it, where it is not the table's name. */
  readonly called?: string;
  /** Columns that are no data about the person, or would open the account; left out of the copy. */
  readonly secret?: readonly string[];
};

/*
 * Where the database keeps something about a person, and what becomes of it. A test compares these lists with the foreign
 * keys of the schema, so that a new table cannot be forgotten.
 */

/** Goes with the account. */
export const ERASED: readonly Place[] = [
  { table: "user_sessions", owner: "user_id" },
  { table: "one_time_tokens", owner: "user_id", secret: ["token_hash", "payload"] },
  { table: "totp_secrets", owner: "user_id", secret: ["sealed_secret"] },
  { table: "recovery_codes", owner: "user_id", secret: ["code_hash"] },
  { table: "linked_accounts", owner: "user_id" },
  { table: "email_opt_outs", owner: "user_id" },
  { table: "cart_items", owner: "cart_id", via: "carts" },
  { table: "carts", owner: "user_id" },
  { table: "wishlist_items", owner: "user_id" },
  { table: "wishlist_shares", owner: "user_id" },
  { table: "exercise_attempts", owner: "user_id" },
  { table: "exercise_drafts", owner: "user_id" },
  { table: "quiz_attempts", owner: "user_id" },
  { table: "lesson_positions", owner: "user_id" },
  { table: "activity_quarters", owner: "user_id" },
  { table: "lesson_notes", owner: "user_id" },
  { table: "lesson_completions", owner: "user_id" },
  { table: "lesson_undos", owner: "user_id" },
  { table: "certificates", owner: "user_id" },
  { table: "billing_details", owner: "user_id" },
  { table: "order_notes", owner: "order_id", via: "orders", secret: ["author_user_id"] },
  { table: "refund_request_items", owner: "request_id", via: "refund_requests" },
  { table: "refund_requests", owner: "user_id", secret: ["decided_by_user_id"] },
  { table: "data_exports", owner: "user_id", secret: ["archive"] },
];

/** Stays, because orders and invoices must (GDPR 17(3)(b)), and so does the proof that a mail was sent, without the mail. */
export const KEPT: readonly Place[] = [
  { table: "orders", owner: "user_id" },
  { table: "order_items", owner: "order_id", via: "orders" },
  { table: "order_events", owner: "order_id", via: "orders" },
  { table: "refunds", owner: "order_id", via: "orders" },
  { table: "gifts", owner: "order_id", via: "orders", secret: ["token_hash", "claimed_by_user_id"] },
  {
    table: "gifts",
    called: "gifts_received",
    owner: "claimed_by_user_id",
    address: "recipient_email",
    secret: ["token_hash", "order_id", "order_item_id", "time_zone"],
  },
  { table: "second_payments", owner: "order_id", via: "orders" },
  { table: "disputes", owner: "order_id", via: "orders" },
  { table: "invoices", owner: "order_id", via: "orders" },
  { table: "credit_notes", owner: "order_id", via: "orders" },
  { table: "payment_alerts", owner: "order_id", via: "orders" },
  { table: "coupon_redemptions", owner: "user_id" },
  { table: "enrollments", owner: "user_id" },
  { table: "emails", owner: "user_id" },
];

/** Names a person who acted for the shop; the record of the act is not about them. */
export const ACTED: readonly (readonly [table: string, column: string])[] = [
  ["coupons", "created_by_user_id"],
  ["reconciliation_runs", "requested_by_user_id"],
  ["coupon_batches", "created_by_user_id"],
  ["refunds", "requested_by_user_id"],
  ["payment_alerts", "cleared_by_user_id"],
  ["order_notes", "author_user_id"],
  ["lesson_versions", "replaced_by_user_id"],
  ["refund_requests", "decided_by_user_id"],
];
