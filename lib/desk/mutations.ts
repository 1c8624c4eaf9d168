import "server-only";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { withTransaction } from "@/db/client";
import { emails } from "@/db/schema/notifications";
import { orderNotes, orders } from "@/db/schema/orders";
import { recordAudit } from "@/lib/audit/mutations";
import { deliverAgain, lockOpenGift } from "@/lib/gifts/mutations";
import type { GiftId, OrderId, UserId } from "@/lib/ids";
import { err, ok, type Result } from "@/lib/result";
import { GIFT_MAIL, MAIL_NAMES, MAILS_OF_ORDERS, MOST_COPIES } from "./mails-of-orders";
import { aboutOrder } from "./queries";
import type { NoteRejection, ResendGiftRejection, ResendRejection } from "./schema";

type Note = { readonly order: OrderId; readonly note: string; readonly body: string };

/** Notes something on an order, for staff only. The same note sent twice is written once. */
export async function addOrderNote(
  actorId: UserId,
  { order: orderId, note, body }: Note,
): Promise<Result<undefined, NoteRejection>> {
  return withTransaction(async (tx) => {
    const [order] = await tx.select({ label: orders.orderNumber }).from(orders).where(eq(orders.id, orderId));
    if (!order) return err("unknown_order");
    const written = await tx
      .insert(orderNotes)
      .values({ id: note, orderId, authorUserId: actorId, body })
      .onConflictDoNothing()
      .returning({ id: orderNotes.id });
    if (written.length === 0) return ok();
    await recordAudit(tx, {
      actorId,
      action: "order.noted",
      subject: { type: "order", id: orderId, label: order.label },
      detail: { after: { note } },
    });
    return ok();
  });
}

type Resend = { readonly order: OrderId; readonly email: string; readonly copies: number };

/** Puts a copy of a mail about the order into the outbox. `copies` that there were before: two presses are one. */
export async function resendMail(
  actorId: UserId,
  { order: orderId, email: emailId, copies }: Resend,
): Promise<Result<undefined, ResendRejection>> {
  if (copies >= MOST_COPIES) return err("too_often");
  return withTransaction(async (tx) => {
    const [mail] = await tx
      .select({ mail: emails, label: orders.orderNumber })
      .from(emails)
      .innerJoin(orders, eq(orders.id, orderId))
      .where(
        and(
          eq(emails.id, emailId as typeof emails.$inferSelect.id),
          isNull(emails.copyOfId),
          inArray(emails.kind, [...MAILS_OF_ORDERS]),
          aboutOrder(orderId),
        ),
      );
    if (!mail) return err("unknown_mail");
    const { id, kind, subjectId, userId, toAddress, payload } = mail.mail;
    const queued = await tx
      .insert(emails)
      .values({ kind, userId, toAddress, payload, subjectId: `${subjectId}#${copies + 1}`, copyOfId: id })
      .onConflictDoNothing({ target: [emails.kind, emails.subjectId] })
      .returning({ id: emails.id });
    if (queued.length === 0) return ok();
    const known = MAILS_OF_ORDERS.find((one) => one === kind);
    await recordAudit(tx, {
      actorId,
      action: "mail.resent",
      subject: { type: "order", id: orderId, label: mail.label },
      detail: { after: { mail: known ? MAIL_NAMES[known] : kind } },
    });
    return ok();
  });
}

type ResendGift = { readonly gift: GiftId; readonly deliveries: number };

/** Sends a gift to its address once more, with a fresh link. `deliveries` that there were before: two presses are one. */
export async function resendGift(
  actorId: UserId,
  { gift: giftId, deliveries }: ResendGift,
): Promise<Result<undefined, ResendGiftRejection>> {
  if (deliveries > MOST_COPIES) return err("too_often");
  return withTransaction(async (tx) => {
    const locked = await lockOpenGift(tx, giftId, "anybody");
    if (!locked.ok) return locked;
    const gift = locked.value;
    if (gift.state === "sent" && gift.deliveries > deliveries) return ok();
    const sent = await deliverAgain(tx, gift);
    if (!sent.ok) return sent;
    await recordAudit(tx, {
      actorId,
      action: "mail.resent",
      subject: { type: "order", id: gift.orderId, label: gift.orderNumber },
      detail: { after: { mail: MAIL_NAMES[GIFT_MAIL] } },
    });
    return ok();
  });
}
