import { Download, ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import { Money } from "@/components/ui/money";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import type { Sale, SecondPayment } from "@/lib/desk/queries";
import { stripeAddress } from "@/lib/desk/stripe-address";
import { buyerLines } from "@/lib/documents/describe-document";
import { describePaymentMethod } from "@/lib/orders/describe-order";

/** Who bought, how it was paid, and where Stripe shows it. `standIn` is the address of the payment stand-in, if one runs. */
export function SaleAside({ sale, standIn }: { readonly sale: Sale; readonly standIn: string | undefined }) {
  const { stripe, livemode } = sale;
  const at = (kind: "payments" | "customers", id: string) => stripeAddress(kind, id, { livemode, standIn });
  return (
    <div className="grid gap-6">
      <Panel as="section" aria-labelledby="customer">
        <PanelHead id="customer" title="Customer" />
        <PanelBody>
          <Facts>
            <Fact name="Name">{sale.buyer.name}</Fact>
            <Fact name="E-mail">
              <a
                href={`mailto:${sale.buyer.email}`}
                className="inline-flex min-h-target items-center wrap-anywhere"
              >
                {sale.buyer.email}
              </a>
            </Fact>
            <BilledTo billing={sale.billing} />
          </Facts>
        </PanelBody>
      </Panel>
      <SaleDocuments sale={sale} />
      <Panel as="section" aria-labelledby="payment">
        <PanelHead id="payment" title="Payment" />
        <PanelBody>
          <Facts>
            <Fact name="Paid">{sale.paidAt ? <DateTime at={sale.paidAt} /> : "Not yet"}</Fact>
            <Fact name="With">{describePaymentMethod(sale.paymentMethod) ?? "Nothing"}</Fact>
            <Fact name="Mode">{livemode ? "Real money" : "Test"}</Fact>
            {stripe.session ? <Fact name="Session">{stripe.session}</Fact> : null}
          </Facts>
          {stripe.payment ? (
            <Outside href={at("payments", stripe.payment)} id={stripe.payment}>
              The payment at Stripe
            </Outside>
          ) : null}
          {stripe.customer ? (
            <Outside href={at("customers", stripe.customer)} id={stripe.customer}>
              The customer at Stripe
            </Outside>
          ) : null}
        </PanelBody>
      </Panel>
      {sale.secondPayments.map((payment) => (
        <SecondPaymentPanel
          key={payment.paymentIntentId}
          payment={payment}
          href={at("payments", payment.paymentIntentId)}
        />
      ))}
    </div>
  );
}

/** What the newest invoice says; an order without one was told less. */
function BilledTo({ billing }: { readonly billing: Sale["billing"] }) {
  const { vatId, email, taxNote } = billing;
  const lines = buyerLines(billing);
  return (
    <>
      <Fact name="Billed to">
        {lines.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
        {email ? <span className="block">{email}</span> : lines.length === 0 ? "Nobody yet" : null}
      </Fact>
      {vatId ? <Fact name="VAT ID">{vatId}</Fact> : null}
      {taxNote ? <Fact name="Why no tax">{taxNote}</Fact> : null}
    </>
  );
}

const secondRefunds: Readonly<Record<SecondPayment["refund"], readonly [string, BadgeTone]>> = {
  on_its_way: ["On its way", "warning"],
  sent: ["Sent", "success"],
  refused: ["Refused by Stripe", "danger"],
  came_back: ["Came back from the bank", "danger"],
};

/** What was paid once more for an order that was paid: all of it goes back by itself. */
function SecondPaymentPanel({ payment, href }: { readonly payment: SecondPayment; readonly href: string }) {
  const { paymentIntentId, amount, currency, refund, stripeRefundId, lastError, at } = payment;
  const [words, tone] = secondRefunds[refund];
  const note = lastError ?? stripeRefundId;
  return (
    <Panel as="section" aria-labelledby={paymentIntentId}>
      <PanelHead id={paymentIntentId} title="Second payment" />
      <PanelBody>
        <Facts>
          <Fact name="Received">
            <DateTime at={at} />
          </Fact>
          <Fact name="Amount">
            <Money amount={amount} currency={currency} />
          </Fact>
          <Fact name="Refund of all of it">
            <Badge tone={tone}>{words}</Badge>
            {note ? <small className="mt-1 block text-xs text-ink-muted">{note}</small> : null}
          </Fact>
        </Facts>
        <Outside href={href} id={paymentIntentId}>
          The second payment at Stripe
        </Outside>
      </PanelBody>
    </Panel>
  );
}

/** Invoices and credit notes, each as a PDF: the address of the buyer, which staff may open too. */
function SaleDocuments({ sale: { documents, orderNumber } }: { readonly sale: Sale }) {
  if (documents.length === 0) return null;
  return (
    <Panel as="section" aria-labelledby="documents">
      <PanelHead id="documents" title="Documents" />
      <PanelBody>
        <ul>
          {documents.map(({ kind, number, issuedAt }) => (
            <li key={number}>
              <a
                href={`/account/orders/${orderNumber}/documents/${number}`}
                className="flex min-h-target items-center justify-between gap-3 text-sm"
              >
                <span className="min-w-0">
                  {kind === "invoice" ? "Invoice" : "Credit note"}
                  <small className="block text-xs wrap-anywhere text-ink-muted">
                    {number}, <DateTime at={issuedAt} format="date" />
                  </small>
                </span>
                <Download className="flex-none" />
              </a>
            </li>
          ))}
        </ul>
      </PanelBody>
    </Panel>
  );
}

function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="grid gap-3 text-sm">{children}</dl>;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}

function Outside({
  href,
  id,
  children,
}: {
  readonly href: string;
  readonly id: string;
  readonly children: ReactNode;
}) {
  return (
    <a href={href} className="mt-3 flex min-h-target items-center justify-between gap-3 text-sm">
      <span className="min-w-0">
        {children}
        <small className="block text-xs wrap-anywhere text-ink-muted">{id}</small>
      </span>
      <ExternalLink className="flex-none" />
    </a>
  );
}
