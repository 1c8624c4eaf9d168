import {
  Check,
  CircleAlert,
  Clock,
  CreditCard,
  type LucideIcon,
  MessageSquareText,
  ShoppingBag,
  TimerOff,
  Undo2,
  X,
} from "lucide-react";
import { Timeline, TimelineEvent } from "@/components/ui/timeline";
import { describeEvent, type EventKind } from "@/lib/orders/describe-order";
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
};

/** What happened to an order, in words, newest first. */
export function OrderTimeline({ order }: { readonly order: OrderDetails }) {
  const facts = { ...order, itemCount: order.items.length };
  const events = order.events.flatMap((event) => {
    const words = describeEvent(event.type, event.detail, facts);
    return words
      ? [{ ...words, at: event.at, key: `${event.type} ${event.at.toISOString()} ${words.text}` }]
      : [];
  });
  return (
    <section aria-labelledby="timeline" className="mt-10">
      <h2 id="timeline" className="mb-4 text-lg">
        Timeline
      </h2>
      <Timeline>
        {events.map(({ key, kind, title, text, at }) => {
          const Icon = icons[kind];
          return (
            <TimelineEvent key={key} icon={<Icon />} title={title} at={at}>
              {text}
            </TimelineEvent>
          );
        })}
      </Timeline>
    </section>
  );
}
