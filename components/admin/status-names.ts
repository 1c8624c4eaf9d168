import type { OrderStatus } from "@/lib/orders/order-status";

/** The states of an order as choices of a filter; on an order itself `describeStatus` says more. */
export const STATUS_NAMES: Readonly<Record<OrderStatus, string>> = {
  pending: "Payment open",
  processing: "Waiting for the bank",
  completed: "Paid",
  failed: "Failed",
  expired: "Expired",
  partially_refunded: "Part refunded",
  refunded: "Refunded",
};
