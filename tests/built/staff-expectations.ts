import { randomUUID } from "node:crypto";
import type { World } from "./world";

type StaffExpectation = {
  /** A call that is in order. Made anew for each caller. */
  readonly fields: (world: World) => Readonly<Record<string, string>>;
  /** The tables that it changes for whoever may make it. */
  readonly changes: readonly string[];
};

/** Every server action for staff. Who may make it stands in lib/permissions.ts alone. */
export const staffExpectations: Readonly<Record<string, StaffExpectation>> = {
  "lib/desk/actions.ts addNoteAction": {
    fields: (world) => ({ order: world.order.id, note: randomUUID(), body: "Called the customer." }),
    changes: ["order_notes"],
  },
  "lib/desk/actions.ts resendMailAction": {
    fields: (world) => ({ order: world.order.id, email: world.mailId, copies: "0" }),
    changes: ["emails"],
  },
  "lib/refund-requests/actions.ts approveRequestAction": {
    fields: (world) => ({ request: world.requestId, amount: String(world.order.totalAmount) }),
    changes: ["order_events", "orders", "refund_items", "refund_requests", "refunds"],
  },
  "lib/refund-requests/actions.ts declineRequestAction": {
    fields: (world) => ({ request: world.requestId, answer: "You have read all of it." }),
    changes: ["emails", "order_events", "refund_requests"],
  },
  // The order has no payment at Stripe, so its refund waits to be sent.
  "lib/desk/actions.ts refundSaleAction": {
    fields: (world) => ({
      order: world.order.id,
      refund: randomUUID(),
      kind: "whole",
      amount: String(world.order.totalAmount),
      reason: "requested_by_customer",
    }),
    changes: ["order_events", "orders", "refund_items", "refunds"],
  },
};
