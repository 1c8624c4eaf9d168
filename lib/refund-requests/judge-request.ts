import type { OrderItemId } from "@/lib/ids";
import { planRefund, type RefundableOrder, type RefundPlan } from "@/lib/refunds/refund-policy";
import type { RefundScope } from "@/lib/refunds/schema";
import { err, ok, type Result } from "@/lib/result";
import type { RequestCategory, RequestRejection } from "./schema";

/** Days within which no reason is needed. The refunds page promises them: change both. */
export const REFUND_DAYS = 14;
/** Requests for one order, declined and withdrawn ones included. */
export const MOST_REQUESTS = 3;
/** What can be wrong with a course or a payment however long ago it was bought. */
const AT_ANY_TIME: readonly RequestCategory[] = ["does_not_work", "charged_by_mistake"];

/** All that the rule looks at. */
export type RequestableOrder = {
  readonly order: RefundableOrder;
  /** By the database's clock; null while it is not paid. */
  readonly daysSincePaid: number | null;
  readonly hasOpenRequest: boolean;
  /** Requests so far. */
  readonly requests: number;
};

export type JudgedRequest = { readonly scope: RefundScope; readonly plan: RefundPlan };

/**
 * Whether a learner may ask for the money of these courses.
 * - For 14 days for any reason, afterwards only where the course is broken or the payment was a mistake.
 * - One request at a time, three for one order.
 * - What `planRefund` would refuse staff cannot be asked for. All that is left of an order counts as the whole of it.
 */
export function judgeRequest(
  { order, daysSincePaid, hasOpenRequest, requests }: RequestableOrder,
  itemIds: readonly OrderItemId[],
  category: RequestCategory,
): Result<JudgedRequest, RequestRejection> {
  const scope = scopeOf(order, itemIds);
  const plan = planRefund(order, scope);
  if (!plan.ok) return err(plan.error.code);
  if (hasOpenRequest) return err("already_open");
  if (requests >= MOST_REQUESTS) return err("asked_often");
  if (!isPromised(daysSincePaid) && !AT_ANY_TIME.includes(category)) return err("too_late");
  return ok({ scope, plan: plan.value });
}

/** Whether the money goes back for any reason, or none. */
export const isPromised = (daysSincePaid: number | null) =>
  daysSincePaid === null || daysSincePaid <= REFUND_DAYS;

/** Whether there is any request that would be taken; shows the way to the form. */
export function mayAsk(requestable: RequestableOrder): boolean {
  const items = requestable.order.items.filter(hasSomethingLeft).map((item) => item.id);
  return judgeRequest(requestable, items, "does_not_work").ok;
}

function scopeOf(order: RefundableOrder, itemIds: readonly OrderItemId[]): RefundScope {
  const open = order.items.filter(hasSomethingLeft);
  const isWhole =
    open.length > 0 &&
    open.every((item) => itemIds.includes(item.id)) &&
    itemIds.every((id) => open.some((item) => item.id === id));
  return isWhole ? { kind: "whole" } : { kind: "items", itemIds: [...itemIds] };
}

const hasSomethingLeft = ({ paidAmount, heldAmount }: RefundableOrder["items"][number]) =>
  paidAmount > heldAmount;
