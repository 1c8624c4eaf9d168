import { z } from "zod";
import type { SendRejection } from "@/lib/gifts/schema";
import type { GiftId, OrderId, OrderItemId, RefundId } from "@/lib/ids";
import { type RefundScope, refundReason } from "@/lib/refunds/schema";

const id = <T>() => z.uuid().transform((value) => value as T);

export const refundSaleInput = z
  .object({
    order: id<OrderId>(),
    /** Made by the dialog as it opens: pressed twice it is one refund. */
    refund: id<RefundId>(),
    kind: z.enum(["whole", "items", "amount"]),
    items: z.string().max(4_000).default(""),
    /** Minor units; what the dialog showed. */
    amount: z.coerce.number().int().positive().max(2_147_483_647),
    reason: refundReason,
    password: z.string().max(512).default(""),
  })
  .transform(({ kind, items, ...rest }, context) => {
    const itemIds = z.array(id<OrderItemId>()).max(100).safeParse(items.split(",").filter(Boolean));
    if (!itemIds.success) {
      context.addIssue({ code: "custom", path: ["items"], message: "Choose courses of this order." });
      return z.NEVER;
    }
    const scopes: Readonly<Record<typeof kind, RefundScope>> = {
      whole: { kind: "whole" },
      items: { kind: "items", itemIds: itemIds.data },
      amount: { kind: "amount", amount: rest.amount },
    };
    return { ...rest, scope: scopes[kind] };
  });

export const noteInput = z.object({
  order: id<OrderId>(),
  /** Made by the form: sent twice it is one note. */
  note: z.uuid(),
  body: z.string().trim().min(1, "Write the note first.").max(4_000, "At most 4,000 characters."),
});

export const resendInput = z.object({
  order: id<OrderId>(),
  email: z.uuid(),
  /** How often it was sent again before, so that two presses are one. */
  copies: z.coerce.number().int().min(0).max(1_000),
});

export const resendGiftInput = z.object({
  gift: id<GiftId>(),
  /** How often it was sent before, so that two presses are one. */
  deliveries: z.coerce.number().int().min(1).max(1_000),
});

export type NoteRejection = "unknown_order";
export type ResendRejection = "unknown_mail" | "too_often";
export type ResendGiftRejection = Exclude<SendRejection, "throttled"> | "too_often";
