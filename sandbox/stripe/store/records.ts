/** Stripe's objects exactly as the API shows them. Fields the sandbox never fills are in blanks.ts. */
import type { blankCharge, blankCustomer, blankPaymentIntent, blankSession } from "./blanks";
import type { Address, BillingDetails, Metadata, Stored } from "./record";

export type Customer = typeof blankCustomer &
  Stored<"customer"> & {
    address: Address | null;
    deleted?: true;
    description: string | null;
    email: string | null;
    metadata: Metadata;
    name: string | null;
    phone: string | null;
    preferred_locales: string[];
    shipping: object | null;
    tax_exempt: string;
  };

export type SessionStatus = "open" | "complete" | "expired";
export type Session = Omit<typeof blankSession, "automatic_tax" | "custom_text"> &
  Stored<"checkout.session"> & {
    allow_promotion_codes: boolean | null;
    allowed_payment_method_types: string[] | null;
    amount_subtotal: number;
    amount_total: number;
    automatic_tax: {
      enabled: boolean;
      liability: { type: "self" } | null;
      provider: "stripe" | null;
      status: "complete" | "requires_location_inputs" | null;
    };
    billing_address_collection: string | null;
    cancel_url: string | null;
    client_reference_id: string | null;
    /** Only of an embedded page: lets a browser show it. */
    client_secret: string | null;
    currency: string;
    custom_text: {
      after_submit: null;
      shipping_address: null;
      submit: { message: string } | null;
      terms_of_service_acceptance: null;
    };
    customer: string | null;
    customer_creation: string | null;
    customer_details: object | null;
    customer_email: string | null;
    discounts: { coupon: string; promotion_code: string | null }[];
    excluded_payment_method_types?: string[];
    expires_at: number;
    invoice: string | null;
    invoice_creation: {
      enabled: boolean;
      invoice_data: {
        account_tax_ids: null;
        custom_fields: { name: string; value: string }[] | null;
        description: string | null;
        footer: string | null;
        issuer: { type: "self" } | null;
        metadata: Metadata;
        rendering_options: null;
      };
    };
    locale: string | null;
    metadata: Metadata;
    payment_intent: string | null;
    payment_method_types: string[];
    /** Where an embedded page leads after paying; only of embedded sessions. */
    redirect_on_completion?: "always" | "if_required" | "never";
    return_url?: string;
    payment_status: "paid" | "unpaid" | "no_payment_required";
    status: SessionStatus;
    submit_type: string | null;
    success_url: string | null;
    tax_id_collection?: { enabled: boolean; required: "if_supported" | "never" };
    total_details: { amount_discount: number; amount_shipping: number; amount_tax: number };
    ui_mode: "hosted_page" | "embedded_page";
    url: string | null;
  };

export interface PaymentError {
  charge?: string;
  code: string;
  decline_code?: string;
  doc_url: string;
  message: string;
  param?: string;
  payment_method?: PaymentMethod;
  type: "card_error" | "invalid_request_error";
}

export type PaymentIntentStatus =
  | "requires_payment_method"
  | "requires_confirmation"
  | "requires_action"
  | "processing"
  | "succeeded"
  | "canceled";
export type PaymentIntent = Omit<typeof blankPaymentIntent, "shipping"> &
  Stored<"payment_intent"> & {
    amount: number;
    amount_received: number;
    canceled_at: number | null;
    cancellation_reason: string | null;
    client_secret: string;
    currency: string;
    customer: string | null;
    description: string | null;
    last_payment_error: PaymentError | null;
    latest_charge: string | null;
    metadata: Metadata;
    next_action: {
      redirect_to_url: { return_url: string | null; url: string };
      type: "redirect_to_url";
    } | null;
    payment_method: string | null;
    payment_method_types: string[];
    receipt_email: string | null;
    shipping: object | null;
    statement_descriptor: string | null;
    statement_descriptor_suffix: string | null;
    status: PaymentIntentStatus;
  };

export interface PaymentMethod extends Stored<"payment_method"> {
  allow_redisplay: "limited";
  billing_details: BillingDetails;
  card?: object;
  customer: string | null;
  customer_account: null;
  metadata: Metadata;
  type: string;
  us_bank_account?: object;
  sepa_debit?: object;
  bacs_debit?: object;
}

export type Charge = typeof blankCharge &
  Stored<"charge"> & {
    amount: number;
    amount_captured: number;
    amount_refunded: number;
    balance_transaction: string | null;
    billing_details: BillingDetails;
    captured: boolean;
    currency: string;
    customer: string | null;
    description: string | null;
    disputed: boolean;
    failure_balance_transaction: string | null;
    failure_code: string | null;
    failure_message: string | null;
    metadata: Metadata;
    outcome: object | null;
    paid: boolean;
    payment_intent: string;
    payment_method: string;
    payment_method_details: { type: string };
    receipt_email: string | null;
    receipt_url: string | null;
    refunded: boolean;
    statement_descriptor: string | null;
    statement_descriptor_suffix: string | null;
    status: "succeeded" | "pending" | "failed";
  };

export type RefundStatus = "pending" | "requires_action" | "succeeded" | "failed" | "canceled";
export interface Refund {
  readonly id: string;
  readonly object: "refund";
  amount: number;
  balance_transaction: string | null;
  charge: string;
  readonly created: number;
  currency: string;
  customer: string | null;
  customer_account: null;
  destination_details: object;
  failure_balance_transaction?: string;
  failure_reason?: string;
  metadata: Metadata;
  payment_intent: string;
  payment_method: string;
  pending_reason?: string;
  reason: string | null;
  receipt_number: null;
  source_transfer_reversal: null;
  status: RefundStatus;
  transfer_reversal: null;
}

export type DisputeStatus = "needs_response" | "under_review" | "won" | "lost";
export interface Dispute extends Stored<"dispute"> {
  amount: number;
  balance_transactions: BalanceTransaction[];
  charge: string;
  currency: string;
  enhanced_eligibility_types: string[];
  evidence: Record<string, string | object | null>;
  evidence_details: {
    due_by: number | null;
    enhanced_eligibility: object;
    has_evidence: boolean;
    past_due: boolean;
    submission_count: number;
    submission_method: "manual" | "not_submitted";
  };
  intended_submission_method: null;
  is_charge_refundable: boolean;
  metadata: Metadata;
  network_reason_code: string;
  payment_intent: string;
  payment_method_details: object;
  reason: string;
  status: DisputeStatus;
}

export interface BalanceTransaction {
  readonly id: string;
  readonly object: "balance_transaction";
  amount: number;
  available_on: number;
  balance_type: "payments";
  readonly created: number;
  currency: string;
  description: string | null;
  exchange_rate: null;
  fee: number;
  fee_details: object[];
  net: number;
  reporting_category: string;
  source: string;
  status: "available" | "pending";
  type: string;
}

/** `pending_webhooks` is counted when an event is shown. */
export interface StripeEvent extends Stored<"event"> {
  api_version: string;
  data: { object: object; previous_attributes?: object };
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

export interface WebhookEndpoint extends Stored<"webhook_endpoint"> {
  api_version: string | null;
  application: null;
  description: string | null;
  enabled_events: string[];
  metadata: Metadata;
  status: "enabled" | "disabled";
  url: string;
}
