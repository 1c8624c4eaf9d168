import { composeInvoice, type ItemTax } from "@/lib/documents/compose-invoice";
import { type Buyer, type IssuedDocument, TEMPLATE_VERSION } from "@/lib/documents/schema";

type Sample = {
  readonly items?: number;
  readonly title?: string;
  readonly currency?: string;
  readonly taxes?: readonly ItemTax[];
  readonly buyer?: Partial<Buyer>;
  readonly taxNote?: string;
  readonly version?: number;
};

/** An invoice of some courses at 49.00, each with 9.80 off. */
export function sampleInvoice({
  items = 2,
  taxes = [],
  currency = "usd",
  ...rest
}: Sample = {}): Extract<IssuedDocument, { kind: "invoice" }> {
  const taxAmount = taxes.reduce((total, tax) => total + tax.amount, 0);
  const data = composeInvoice(
    {
      orderNumber: "ORD-20261123-7K2M9Q",
      livemode: true,
      currency,
      subtotalAmount: 4900 * items,
      discountAmount: 980 * items,
      taxAmount: taxAmount * items,
      totalAmount: (3920 + taxAmount) * items,
      couponCode: "NOVEMBER20",
      items: Array.from({ length: items }, (_, index) => ({
        id: `item-${index}`,
        title: rest.title ?? `Course number ${index + 1}`,
        priceAmount: 4900,
        discountAmount: 980,
        netAmount: 3920,
        taxes,
      })),
    },
    {
      seller: { name: "Lectern", address: ["12 Orchard Lane", "10115 Berlin"], vatId: "DE123456789" },
      buyer: {
        name: "Mira Vale",
        company: null,
        email: "mira@example.com",
        address: { line1: "1 Bridge Road", city: "Köln", postalCode: "50667", country: "DE" },
        vatId: null,
        ...rest.buyer,
      },
      paidAt: new Date("2026-11-23T19:44:00Z"),
      paymentReference: "pi_sample",
      taxNote: rest.taxNote ?? null,
    },
  );
  return {
    kind: "invoice",
    number: "INV-2026-0148",
    issuedAt: new Date("2026-11-23T19:44:01Z"),
    templateVersion: rest.version ?? TEMPLATE_VERSION,
    data,
  };
}
