import { ExternalLink } from "lucide-react";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Notice, type Tone } from "@/components/ui/notice";
import type { Sale } from "@/lib/desk/queries";
import { stripeAddress } from "@/lib/desk/stripe-address";
import { describeReason } from "@/lib/disputes/dispute-reasons";
import type { OrderDispute } from "@/lib/disputes/queries";
import { formatMoney } from "@/lib/money";

type Words = {
  readonly tone: Tone;
  readonly title: (amount: string) => string;
  /** What it means for access and refunds. */
  readonly effect: string;
};

const words: Readonly<Record<OrderDispute["state"], Words>> = {
  inquiry: {
    tone: "warning",
    title: (amount) => `The buyer’s bank asks about ${amount}.`,
    effect: "No money has moved, access goes on, and refunds can be made.",
  },
  open: {
    tone: "danger",
    title: (amount) => `The buyer’s bank has taken ${amount} back until it decides.`,
    effect: "Until the bank decides, access is suspended and refunds are locked.",
  },
  lost: {
    tone: "danger",
    title: (amount) => `${amount} was lost to a dispute.`,
    effect: "Access has ended, and refunds stay locked: the buyer has the money.",
  },
  kept: {
    tone: "success",
    title: (amount) => `The bank has decided a dispute about ${amount} for the shop.`,
    effect: "Nothing is locked by it.",
  },
};

/** What the buyer's bank wants back of this order, why, until when it takes an answer, and what is locked meanwhile. */
export function SaleDisputes({
  sale,
  standIn,
}: {
  readonly sale: Sale;
  readonly standIn: string | undefined;
}) {
  const { livemode, stripe } = sale;
  const href = stripe.payment ? stripeAddress("payments", stripe.payment, { livemode, standIn }) : null;
  return sale.disputes.map((dispute) => (
    <SaleDispute key={dispute.stripeDisputeId} dispute={dispute} href={href} />
  ));
}

function SaleDispute({ dispute, href }: { readonly dispute: OrderDispute; readonly href: string | null }) {
  const { tone, title, effect } = words[dispute.state];
  return (
    <Notice tone={tone} title={title(formatMoney(dispute.amount, dispute.currency))} className="mb-6">
      <p>
        {describeReason(dispute.reason)}. {effect}
      </p>
      <Deadline dispute={dispute} />
      <p className="flex flex-wrap gap-x-5">
        {href ? (
          <a href={href} className="inline-flex min-h-target items-center gap-1.5">
            {dispute.needsAnswer ? "Answer at Stripe" : "See it at Stripe"}
            <ExternalLink className="size-4!" />
          </a>
        ) : null}
        <Link href="/admin/payments/disputes?all=yes" className="inline-flex min-h-target items-center">
          All disputes
        </Link>
      </p>
    </Notice>
  );
}

function Deadline({ dispute: { needsAnswer, respondBy, closedAt } }: { readonly dispute: OrderDispute }) {
  if (closedAt)
    return (
      <p>
        Decided on <DateTime at={closedAt} format="date" />.
      </p>
    );
  if (!needsAnswer) return <p>It was answered; the bank decides.</p>;
  return respondBy ? (
    <p>
      Answer by <DateTime at={respondBy} format="date" />.
    </p>
  ) : null;
}
