import {
  Check,
  CircleAlert,
  Clock,
  CreditCard,
  FileText,
  Gift,
  type LucideIcon,
  MessageSquareText,
  ShoppingBag,
  TimerOff,
  Undo2,
  X,
} from "lucide-react";
import type { ReactNode } from "react";
import { Timeline, TimelineEvent } from "@/components/ui/timeline";
import { formatMoney } from "@/lib/money";
import { describeEvent, type EventKind, type EventReader } from "@/lib/orders/describe-event";
import type { OrderDetails } from "@/lib/orders/queries";

const icons: Readonly<Record<EventKind, LucideIcon>> = {
  placed: ShoppingBag,
  opened: CreditCard,
  declined: X,
  waiting: Clock,
  paid: Check,
  ended: TimerOff,
  asked: MessageSquareText,
  refund: Undo2,
  check: CircleAlert,
  gift: Gift,
};

type Line = {
  readonly key: string;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: ReactNode;
  readonly at: Date;
};

/** What happened to an order, in words, newest first; with the documents that were issued about it. */
export function OrderTimeline({
  order,
  reader = "buyer",
}: {
  readonly order: OrderDetails;
  readonly reader?: EventReader;
}) {
  const lines = [...documentLines(order), ...eventLines(order, reader)].toSorted(
    (a, b) => b.at.getTime() - a.at.getTime(),
  );
  return (
    <section aria-labelledby="timeline" className="mt-10">
      <h2 id="timeline" className="mb-4 text-lg">
        Timeline
      </h2>
      <Timeline>
        {lines.map(({ key, icon: Icon, title, text, at }) => (
          <TimelineEvent key={key} icon={<Icon />} title={title} at={at}>
            {text}
          </TimelineEvent>
        ))}
      </Timeline>
    </section>
  );
}

function eventLines(order: OrderDetails, reader: EventReader): Line[] {
  const giftCount = order.items.filter((item) => item.isGift).length;
  const facts = { ...order, giftCount, itemCount: order.items.length - giftCount };
  return order.events.flatMap((event) => {
    const words = describeEvent(event.type, event.detail, facts, reader);
    if (!words) return [];
    const { kind, title, text } = words;
    const key = `${event.type} ${event.at.toISOString()} ${text}`;
    return [{ key, icon: icons[kind], title, text, at: event.at }];
  });
}

/** Issued in the transaction of what they are about, so they come first among lines of the same instant. */
function documentLines({ orderNumber, currency, documents }: OrderDetails): Line[] {
  return documents.toReversed().map(({ kind, number, issuedAt, totalAmount, about }) => ({
    key: number,
    icon: FileText,
    title: kind === "invoice" ? "Invoice issued" : "Credit note issued",
    text: (
      <>
        <a href={`/account/orders/${orderNumber}/documents/${number}`}>{number}</a> over{" "}
        {formatMoney(totalAmount, currency)}
        {about ? `, ${kind === "invoice" ? "in place of" : "on invoice"} ${about}` : null}
      </>
    ),
    at: issuedAt,
  }));
}
