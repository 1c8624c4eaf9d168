/** Rows of the sandbox itself, which the API never shows. */
import type { TaxId } from "../payments/tax-ids";
import type { Discount, ItemTax, LineItem } from "./catalog-records";
import type { Metadata } from "./record";

/** The signing secrets of an endpoint, newest first; two while one is being replaced. */
export interface EndpointSecretRow {
  readonly id: string;
  secrets: string[];
}

export interface DeliveryAttempt {
  at: number;
  duration_ms: number;
  status: number | null;
  error: string | null;
  response: string;
}

export type DeliveryState = "pending" | "delivered" | "failed" | "dropped" | "held";
export interface DeliveryRow {
  readonly id: string;
  event: string;
  type: string;
  endpoint: string;
  url: string;
  state: DeliveryState;
  attempts: DeliveryAttempt[];
  /** Milliseconds of the sandbox's clock; null when nothing more will be sent. */
  next_attempt_at: number | null;
  /** Added to the signature's timestamp: a test's way to send a stale one. */
  signature_offset_seconds: number;
}

/** What the hosted page needs beside the session object. */
export interface CheckoutRow {
  readonly id: string;
  line_items: LineItem[];
  /** Rates the shop chose, by line item. */
  tax_rates?: Record<string, string[]>;
  /** The tax of each line item. */
  taxes?: Record<string, ItemTax[]>;
  /** What of the buyer goes back to the customer. */
  customer_update?: { address?: string; name?: string };
  discount: Discount | null;
  payment_intent_data: {
    description: string | null;
    metadata: Metadata;
    receipt_email: string | null;
    shipping?: object | null;
    statement_descriptor: string | null;
    statement_descriptor_suffix: string | null;
  };
  /** What the buyer typed last (never card numbers), so that a declined attempt loses nothing. */
  typed: {
    email: string;
    name: string;
    country: string;
    postal_code: string;
    business_name?: string;
    tax_id?: TaxId | null;
  } | null;
  /** Shown below the pay button. */
  custom_text: string | null;
  /** How the bank debit that pays this session will end by itself; null when it was not paid by one. */
  debit: DebitOutcome | null;
}

/** How a bank debit ends by itself; `waits`: only by a button or a call. */
export type DebitOutcome = "succeeds" | "insufficient_funds" | "account_closed" | "waits";

export interface JobRow {
  readonly id: string;
  kind: "expire_session" | "settle_debit" | "settle_refund" | "fail_refund" | "open_dispute";
  subject: string;
  /** Milliseconds of the sandbox's clock. */
  run_at: number;
}

export interface StoredAnswerRow {
  readonly id: string;
  endpoint: string;
  fingerprint: string;
  status: number;
  body: string;
  created: number;
}

export interface SettingRow {
  readonly id: string;
  value: number | string;
}
