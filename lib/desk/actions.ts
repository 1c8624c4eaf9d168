"use server";

import { refresh } from "next/cache";
import { adminAction } from "@/lib/action";
import { checkOwnPassword } from "@/lib/identity/mutations";
import { refundOrder } from "@/lib/refunds/mutations";
import { err, ok, type Result } from "@/lib/result";
import { addOrderNote, resendGift, resendMail } from "./mutations";
import { findOrderCurrency } from "./queries";
import { needsPassword, type RefundedSale, type SaleRefundRejection } from "./refund-limit";
import { noteInput, refundSaleInput, resendGiftInput, resendInput } from "./schema";

/** Gives money back. The amount shown is the amount given: when another refund came in between, nothing happens. */
export const refundSaleAction = adminAction(
  "orders.refund",
  refundSaleInput,
  async (staff, input): Promise<Result<RefundedSale, SaleRefundRejection>> => {
    const currency = await findOrderCurrency(staff.userId, input.order);
    if (currency === null) return err("unknown_order");
    if (needsPassword(input.amount, currency)) {
      const checked = await checkOwnPassword(staff.userId, input.password);
      if (!checked.ok) return checked;
    }
    const refunded = await refundOrder({
      refundId: input.refund,
      orderId: input.order,
      scope: input.scope,
      reason: input.reason,
      requestedBy: staff.userId,
      shownAmount: input.amount,
    });
    refresh();
    if (!refunded.ok) return err(refunded.error.code);
    return ok({ amount: refunded.value.amount, currency, status: refunded.value.status });
  },
);

export const addNoteAction = adminAction("orders.note", noteInput, async (staff, input) => {
  const added = await addOrderNote(staff.userId, input);
  if (added.ok) refresh();
  return added;
});

export const resendMailAction = adminAction("mails.resend", resendInput, async (staff, input) => {
  const sent = await resendMail(staff.userId, input);
  if (sent.ok) refresh();
  return sent;
});

export const resendGiftAction = adminAction("mails.resend", resendGiftInput, async (staff, input) => {
  const sent = await resendGift(staff.userId, input);
  if (sent.ok) refresh();
  return sent;
});
