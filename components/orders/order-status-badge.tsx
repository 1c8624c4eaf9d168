import { Check, CircleDashed, Clock, type LucideIcon, TimerOff, Undo2, X } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { describeStatus } from "@/lib/orders/describe-order";
import type { OrderStatus } from "@/lib/orders/order-status";

const icons: Readonly<Record<OrderStatus, LucideIcon>> = {
  pending: CircleDashed,
  processing: Clock,
  completed: Check,
  failed: X,
  expired: TimerOff,
  partially_refunded: Undo2,
  refunded: Undo2,
};

/** The state of an order in words, with icon and colour beside them. */
export function OrderStatusBadge({ order }: { readonly order: Parameters<typeof describeStatus>[0] }) {
  const { words, tone } = describeStatus(order);
  const Icon = icons[order.status];
  return (
    <Badge tone={tone} icon={<Icon />}>
      {words}
    </Badge>
  );
}
