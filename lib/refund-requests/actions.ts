"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { adminAction, learnerAction } from "@/lib/action";
import { needsPassword, type RefundedSale } from "@/lib/desk/refund-limit";
import { checkOwnPassword } from "@/lib/identity/mutations";
import { err, ok, type Result } from "@/lib/result";
import { approveRequest, askForRefund, declineRequest, withdrawRequest } from "./mutations";
import { findRequestToDecide } from "./queries";
import {
  approveInput,
  askForRefundInput,
  type DecisionRejection,
  declineInput,
  withdrawInput,
} from "./schema";

/** Asks for money back, and leads back to the order, where the request stands. */
export const askForRefundAction = learnerAction(askForRefundInput, async (viewer, input) => {
  const asked = await askForRefund(viewer.userId, input);
  if (asked.ok) redirect(`/account/orders/${input.order}` as Route);
  return asked;
});

export const withdrawRequestAction = learnerAction(withdrawInput, async (viewer, { request }) => {
  const withdrawn = await withdrawRequest(viewer.userId, request);
  refresh();
  return withdrawn;
});

/** Gives the money back that was asked for. Above a limit the password is asked for again, as in every refund. */
export const approveRequestAction = adminAction(
  "refund_requests.decide",
  approveInput,
  async (
    staff,
    { request, amount, password },
  ): Promise<Result<RefundedSale, DecisionRejection | "wrong_password" | "throttled">> => {
    const asked = await findRequestToDecide(staff.userId, request);
    if (!asked) return err("unknown_request");
    if (needsPassword(amount, asked.currency)) {
      const checked = await checkOwnPassword(staff.userId, password);
      if (!checked.ok) return checked;
    }
    const approved = await approveRequest(staff.userId, { request, amount });
    refresh();
    if (!approved.ok) return approved;
    return ok({ amount: approved.value.amount, currency: asked.currency, status: approved.value.status });
  },
);

export const declineRequestAction = adminAction(
  "refund_requests.decide",
  declineInput,
  async (staff, input) => {
    const declined = await declineRequest(staff.userId, input);
    if (declined.ok) refresh();
    return declined;
  },
);
