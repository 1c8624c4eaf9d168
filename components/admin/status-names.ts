import type { SaleStatus } from "@/lib/sales/schema";

/** The states of an order, and what its buyer's bank made of it, as choices of a filter; on an order itself `describeStatus` says more. */
export const STATUS_NAMES: Readonly<Record<SaleStatus, string>> = {
  pending: "Payment open",
  processing: "Waiting for the bank",
  completed: "Paid",
  failed: "Failed",
  expired: "Expired",
  partially_refunded: "Part refunded",
  refunded: "Refunded",
  disputed: "Disputed, undecided",
  lost: "Lost to a dispute",
};
