/** Invoices of sessions with `invoice_creation`: made paid, since Stripe makes them once the payment has succeeded. */
import type { Core } from "../core";
import type { ItemTax, LineItem } from "../store/catalog-records";
import type { Invoice, InvoiceLine } from "../store/invoice-records";
import type { Address } from "../store/record";
import type { Session } from "../store/records";
import { taxBreakdown } from "./tax";

interface CustomerDetails {
  address?: Address | null;
  email?: string | null;
  name?: string | null;
  business_name?: string | null;
  tax_exempt?: "exempt" | "none" | "reverse" | null;
  tax_ids?: { type: string; value: string | null }[];
}

/** Makes the invoice of a session that has just been paid, where it wants one, and puts it on the session. */
export function invoiceSession(core: Core, session: Session): Session {
  if (!session.invoice_creation.enabled || session.invoice !== null) return session;
  const id = core.ids.make("invoice");
  const checkout = core.store.checkouts.get(session.id);
  const taxes = checkout?.taxes ?? {};
  const lines = (checkout?.line_items ?? []).map((item) =>
    toLine(core, id, item, taxes[item.id] ?? [], checkout?.discount?.id ?? null),
  );
  const invoice = core.store.invoices.put(toInvoice(core, id, session, lines, taxes));
  const { payment_intent: intent, amount_total: amount, currency } = session;
  if (intent !== null) {
    const payment = core.store.invoicePayments.put({
      id: core.ids.make("invoice_payment"),
      object: "invoice_payment",
      amount_paid: amount,
      amount_requested: amount,
      created: core.clock.seconds(),
      currency,
      invoice: id,
      is_default: true,
      livemode: false,
      payment: { payment_intent: intent, type: "payment_intent" },
      status: "paid",
      status_transitions: { canceled_at: null, paid_at: core.clock.seconds() },
    });
    core.events.emit("invoice_payment.paid", payment);
  }
  for (const type of ["created", "finalized", "paid", "payment_succeeded"])
    core.events.emit(`invoice.${type}`, invoice);
  return core.store.sessions.update(session.id, { invoice: id });
}

function toInvoice(
  core: Core,
  id: string,
  session: Session,
  lines: InvoiceLine[],
  taxes: Record<string, ItemTax[]>,
): Invoice {
  const now = core.clock.seconds();
  const details: CustomerDetails = { ...session.customer_details };
  const data = session.invoice_creation.invoice_data;
  const { amount_discount: discount, amount_tax: tax } = session.total_details;
  const { amount_subtotal: subtotal, amount_total: total } = session;
  const discountId = core.store.checkouts.get(session.id)?.discount?.id;
  return {
    ...blankInvoice,
    id,
    object: "invoice",
    account_country: core.settings.country,
    account_name: core.settings.shopName,
    amount_due: total,
    amount_paid: total,
    automatic_tax: {
      disabled_reason: null,
      enabled: session.automatic_tax.enabled,
      liability: session.automatic_tax.liability,
      provider: session.automatic_tax.provider,
      status: session.automatic_tax.status,
    },
    created: now,
    currency: session.currency,
    custom_fields: data.custom_fields,
    customer: session.customer,
    customer_address: details.address ?? null,
    customer_email: details.email ?? null,
    customer_name: details.business_name ?? details.name ?? null,
    customer_tax_exempt: details.tax_exempt ?? "none",
    customer_tax_ids: details.tax_ids ?? [],
    description: data.description,
    discounts: discountId === undefined ? [] : [discountId],
    effective_at: now,
    footer: data.footer,
    hosted_invoice_url: `${core.publicUrl}/invoices/${id}`,
    invoice_pdf: null,
    lines: { object: "list", data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: data.metadata,
    number: `SANDBOX-${String(core.store.invoices.size + 1).padStart(4, "0")}`,
    period_end: now,
    period_start: now,
    status: "paid",
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: now, voided_at: null },
    subtotal,
    subtotal_excluding_tax: subtotal - inclusiveTax(taxes),
    total,
    total_discount_amounts: discountId === undefined ? [] : [{ amount: discount, discount: discountId }],
    total_excluding_tax: total - tax,
    total_taxes: taxBreakdown(taxes).map(toInvoiceTax),
    webhooks_delivered_at: null,
  };
}

function toLine(
  core: Core,
  invoice: string,
  item: LineItem,
  taxes: ItemTax[],
  discount: string | null,
): InvoiceLine {
  const now = core.clock.seconds();
  const reduced = discount !== null && item.amount_discount > 0;
  return {
    id: core.ids.make("invoice_line"),
    object: "line_item",
    amount: item.amount_subtotal,
    currency: item.currency,
    description: item.description,
    discount_amounts: reduced ? [{ amount: item.amount_discount, discount }] : [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: item.metadata ?? {},
    parent: null,
    period: { end: now, start: now },
    pretax_credit_amounts: reduced ? [{ amount: item.amount_discount, discount, type: "discount" }] : [],
    pricing: {
      price_details: { price: item.price.id, product: item.price.product },
      type: "price_details",
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    quantity: item.quantity,
    quantity_decimal: String(item.quantity),
    subscription: null,
    subtotal: item.amount_subtotal,
    taxes: taxes.map(toInvoiceTax),
  };
}

function toInvoiceTax(tax: ItemTax) {
  return {
    amount: tax.amount,
    tax_behavior: tax.rate.inclusive ? ("inclusive" as const) : ("exclusive" as const),
    tax_rate_details: { tax_rate: tax.rate.id },
    taxability_reason: tax.taxability_reason,
    taxable_amount: tax.taxable_amount,
    type: "tax_rate_details" as const,
  };
}

function inclusiveTax(taxes: Record<string, ItemTax[]>): number {
  return Object.values(taxes)
    .flat()
    .reduce((sum, tax) => sum + (tax.rate.inclusive ? tax.amount : 0), 0);
}

/** What an invoice of a one-time payment leaves empty. */
const blankInvoice = {
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: true,
  auto_advance: false,
  automatically_finalizes_at: null,
  billing_reason: "manual" as const,
  collection_method: "charge_automatically" as const,
  customer_account: null,
  customer_phone: null,
  customer_shipping: null,
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  due_date: null,
  ending_balance: 0,
  from_invoice: null,
  issuer: { type: "self" as const },
  last_finalization_error: null,
  latest_revision: null,
  next_payment_attempt: null,
  on_behalf_of: null,
  parent: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  test_clock: null,
  total_pretax_credit_amounts: [],
};

export type BlankInvoice = typeof blankInvoice;
