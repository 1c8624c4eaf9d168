/** Invoices and their lines exactly as the API shows them. */
import type { BlankInvoice } from "../payments/invoices";
import type { TaxabilityReason } from "./catalog-records";
import type { Address, Metadata, Stored } from "./record";

export interface InvoiceTax {
  amount: number;
  tax_behavior: "exclusive" | "inclusive";
  tax_rate_details: { tax_rate: string };
  taxability_reason: TaxabilityReason;
  taxable_amount: number | null;
  type: "tax_rate_details";
}

export interface InvoiceLine {
  readonly id: string;
  readonly object: "line_item";
  amount: number;
  currency: string;
  description: string;
  discount_amounts: { amount: number; discount: string }[];
  discountable: boolean;
  discounts: string[];
  invoice: string;
  livemode: false;
  metadata: Metadata;
  parent: null;
  period: { end: number; start: number };
  pretax_credit_amounts: { amount: number; discount: string; type: "discount" }[];
  pricing: {
    price_details: { price: string; product: string };
    type: "price_details";
    unit_amount_decimal: string;
  };
  quantity: number;
  quantity_decimal: string;
  subscription: null;
  subtotal: number;
  taxes: InvoiceTax[];
}

export type Invoice = BlankInvoice &
  Stored<"invoice"> & {
    account_country: string;
    account_name: string;
    amount_due: number;
    amount_paid: number;
    automatic_tax: {
      disabled_reason: null;
      enabled: boolean;
      liability: { type: "self" } | null;
      provider: string | null;
      status: string | null;
    };
    currency: string;
    custom_fields: { name: string; value: string }[] | null;
    customer: string | null;
    customer_address: Address | null;
    customer_email: string | null;
    customer_name: string | null;
    customer_tax_exempt: string;
    customer_tax_ids: { type: string; value: string | null }[];
    description: string | null;
    discounts: string[];
    effective_at: number;
    footer: string | null;
    hosted_invoice_url: string;
    invoice_pdf: null;
    lines: { object: "list"; data: InvoiceLine[]; has_more: false; url: string };
    metadata: Metadata;
    number: string;
    period_end: number;
    period_start: number;
    status: "paid";
    status_transitions: {
      finalized_at: number;
      marked_uncollectible_at: null;
      paid_at: number;
      voided_at: null;
    };
    subtotal: number;
    subtotal_excluding_tax: number;
    total: number;
    total_discount_amounts: { amount: number; discount: string }[];
    total_excluding_tax: number;
    total_taxes: InvoiceTax[];
    webhooks_delivered_at: null;
  };

export interface InvoicePayment extends Stored<"invoice_payment"> {
  amount_paid: number;
  amount_requested: number;
  currency: string;
  invoice: string;
  is_default: boolean;
  payment: { payment_intent: string; type: "payment_intent" };
  status: "paid";
  status_transitions: { canceled_at: null; paid_at: number };
}
