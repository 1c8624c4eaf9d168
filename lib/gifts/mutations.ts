import "server-only";
import { and, eq, inArray, isNotNull, isNull, not, sql } from "drizzle-orm";
import { db, type Transaction, withTransaction } from "@/db/client";
import { gifts } from "@/db/schema/gifts";
import { users } from "@/db/schema/identity";
import { emails } from "@/db/schema/notifications";
import { orderItems, orders } from "@/db/schema/orders";
import type { CartGift } from "@/lib/cart/queries";
import { enrolGift } from "@/lib/enrollments/mutations";
import { hashSecret } from "@/lib/hash-secret";
import { type GiftId, newSecret, type OrderId, type OrderItemId, type UserId } from "@/lib/ids";
import { MAILED_TOKEN } from "@/lib/notifications/account-mails";
import { queueEmail } from "@/lib/notifications/mutations";
import { type LockedOrder, lockOrder, recordOrderEvent } from "@/lib/orders/mutations";
import { err, ok, type Result } from "@/lib/result";
import { seal } from "@/lib/seal";
import { findByLink, type Gift, isDisputed, isReturned, listGifts } from "./queries";
import type { ChangeGiftRejection, ClaimRejection, SendRejection } from "./schema";

/** In the morning of the chosen day on the buyer's calendar; at once without one. By the database's clock and zones. */
const deliverAt = (gift: Pick<CartGift, "deliverOn" | "timeZone">) =>
  gift.deliverOn === null
    ? sql`now()`
    : sql`(${gift.deliverOn}::date + time '08:00') at time zone ${gift.timeZone}::text`;

/** Freezes the gifts of an order that is being placed. Nothing is sent before it is paid. */
export async function placeGifts(
  tx: Transaction,
  orderId: OrderId,
  items: readonly { readonly itemId: OrderItemId; readonly gift: CartGift | null }[],
): Promise<void> {
  const given = items.flatMap(({ itemId, gift }) => (gift ? [{ itemId, gift }] : []));
  if (given.length === 0) return;
  await tx.insert(gifts).values(
    given.map(({ itemId, gift }) => ({
      orderId,
      orderItemId: itemId,
      recipientEmail: gift.email,
      message: gift.message,
      deliverOn: gift.deliverOn,
      timeZone: gift.timeZone,
      deliverAt: deliverAt(gift),
    })),
  );
}

/** Sends the gifts of an order that was just paid, but for those whose day is to come. Part of fulfilment. */
export async function openGifts(tx: Transaction, { id }: Pick<LockedOrder, "id">): Promise<void> {
  for (const gift of await listGifts(tx, eq(gifts.orderId, id))) {
    if (gift.isDue && gift.state === "planned") await deliver(tx, gift);
  }
}

/**
 * Makes a fresh link and puts the mail with it into the outbox; a link that went before opens nothing any more. Only
 * while the order is locked, and its gift unclaimed.
 */
async function deliver(tx: Transaction, gift: Gift): Promise<void> {
  if (gift.recipientEmail === null) return;
  const secret = newSecret();
  const deliveries = gift.deliveries + 1;
  await tx
    .update(gifts)
    .set({ tokenHash: hashSecret(secret), deliveredAt: sql`now()`, deliveries })
    .where(eq(gifts.id, gift.id));
  await queueEmail(tx, {
    kind: "gift_received",
    subjectId: `${gift.id}#${deliveries}`,
    userId: gift.buyerId,
    toAddress: gift.recipientEmail,
    payload: {
      from: gift.buyerName,
      title: gift.title,
      summary: gift.summary,
      message: gift.message,
      sealedToken: seal(secret, MAILED_TOKEN),
    },
  });
  await recordOrderEvent(tx, gift.orderId, "gift_sent", { title: gift.title, again: deliveries > 1 });
}

/** Sends the gifts whose day has come, and answers how many. Several workers may run: the order's lock lets one through. */
export async function deliverDueGifts(): Promise<number> {
  const due = await db()
    .select({ id: gifts.id, orderId: gifts.orderId })
    .from(gifts)
    .innerJoin(orders, eq(orders.id, gifts.orderId))
    .innerJoin(orderItems, eq(orderItems.id, gifts.orderItemId))
    .where(
      and(
        isNull(gifts.deliveredAt),
        isNotNull(gifts.recipientEmail),
        sql`${gifts.deliverAt} <= now()`,
        inArray(orders.status, ["completed", "partially_refunded"]),
        not(isReturned),
        not(isDisputed),
      ),
    )
    .orderBy(gifts.deliverAt)
    .limit(100);
  for (const { id, orderId } of due) {
    await withTransaction(async (tx) => {
      await lockOrder(tx, orderId);
      const [gift] = await listGifts(tx, eq(gifts.id, id));
      if (gift?.isDue && gift.state === "planned") await deliver(tx, gift);
    });
  }
  return due.length;
}

/** Locks a gift's order and reads the gift as it then is. `owner`: anybody else's is unknown to a buyer; staff help with all. */
export async function lockOpenGift(
  tx: Transaction,
  giftId: GiftId,
  owner: UserId | "anybody",
): Promise<Result<Gift, "unknown_gift" | "not_open" | "claimed">> {
  const [known] = await tx
    .select({ orderId: gifts.orderId })
    .from(gifts)
    .innerJoin(orders, eq(orders.id, gifts.orderId))
    .where(and(eq(gifts.id, giftId), owner === "anybody" ? undefined : eq(orders.userId, owner)));
  if (!known) return err("unknown_gift");
  await lockOrder(tx, known.orderId);
  const [gift] = await listGifts(tx, eq(gifts.id, giftId));
  if (!gift) return err("unknown_gift");
  if (gift.state === "claimed") return err("claimed");
  return gift.state === "sent" || gift.state === "planned" ? ok(gift) : err("not_open");
}

/** Sends a fresh link for a gift whose order is locked; the one before is dead at once. */
export async function deliverAgain(
  tx: Transaction,
  gift: Gift,
): Promise<Result<undefined, "not_sent_yet" | "no_address">> {
  if (gift.state === "planned") return err("not_sent_yet");
  if (gift.recipientEmail === null) return err("no_address");
  await deliver(tx, gift);
  return ok();
}

/** Sends one of the buyer's own gifts to the same address once more. */
export async function sendGiftAgain(
  userId: UserId,
  giftId: GiftId,
): Promise<Result<undefined, SendRejection>> {
  return withTransaction(async (tx) => {
    const own = await lockOpenGift(tx, giftId, userId);
    return own.ok ? deliverAgain(tx, own.value) : own;
  });
}

/**
 * Gives an unclaimed gift another address, message or day. What was sent already is sent anew at once, and the link of
 * the mail before is dead.
 */
export async function changeGift(
  userId: UserId,
  giftId: GiftId,
  { email, message, deliverOn, timeZone }: CartGift,
): Promise<Result<undefined, ChangeGiftRejection>> {
  return withTransaction(async (tx) => {
    const own = await lockOpenGift(tx, giftId, userId);
    if (!own.ok) return own;
    const isSent = own.value.state === "sent";
    const day = isSent ? {} : { deliverOn, timeZone, deliverAt: deliverAt({ deliverOn, timeZone }) };
    await tx
      .update(gifts)
      .set({ recipientEmail: email, message, ...day })
      .where(eq(gifts.id, giftId));
    const [changed] = await listGifts(tx, eq(gifts.id, giftId));
    if (changed && (isSent || changed.isDue)) await deliver(tx, changed);
    return ok();
  });
}

export type Claimed = { readonly slug: string; readonly title: string };

/**
 * Accepts a gift: its seat is the viewer's. Of any number at once one gets it, since all of them, and refunds, disputes
 * and new links, wait for the order's lock, and behind it the item gives one seat by constraint. Pressed again by the one
 * who has it, it is as before. Somebody who has the course already uses nothing up.
 */
export async function claimGift(userId: UserId, secret: string): Promise<Result<Claimed, ClaimRejection>> {
  const known = await findByLink(db(), secret);
  if (!known) return err("unknown_link");
  return withTransaction(async (tx) => {
    const order = await lockOrder(tx, known.orderId);
    const gift = await findByLink(tx, secret);
    if (!order || !gift) return err("unknown_link");
    const { slug, title, state } = gift;
    if (state === "claimed") return gift.claimedByUserId === userId ? ok({ slug, title }) : err("claimed");
    if (state !== "sent") return err("not_open");
    const seated = await enrolGift(tx, userId, { id: gift.orderItemId, courseId: gift.courseId });
    if (!seated) return err("already_owned");
    await tx
      .update(gifts)
      .set({ claimedByUserId: userId, claimedAt: sql`now()` })
      .where(eq(gifts.id, gift.id));
    await recordOrderEvent(tx, order.id, "gift_claimed", { title });
    await tellBuyer(tx, order, gift);
    return ok({ slug, title });
  });
}

/** Not who accepted it, nor with which address: that is theirs to tell. */
async function tellBuyer(tx: Transaction, order: LockedOrder, gift: Gift): Promise<void> {
  if (gift.buyerName === null) return;
  await queueEmail(tx, {
    kind: "gift_claimed",
    subjectId: gift.id,
    userId: order.userId,
    toAddress: order.buyer.email,
    payload: { name: gift.buyerName, title: gift.title, orderNumber: order.orderNumber },
  });
}

/** Whoever accepted a gift hears that it has ended, once for each refund or dispute that `about` is, and not of the money. */
export async function tellReceivers(
  tx: Transaction,
  about: string,
  itemIds: readonly OrderItemId[],
): Promise<void> {
  if (itemIds.length === 0) return;
  const receivers = await tx
    .select({
      itemId: gifts.orderItemId,
      title: orderItems.title,
      userId: users.id,
      email: users.email,
      name: users.name,
    })
    .from(gifts)
    .innerJoin(orderItems, eq(orderItems.id, gifts.orderItemId))
    .innerJoin(users, and(eq(users.id, gifts.claimedByUserId), isNull(users.erasedAt)))
    .where(inArray(gifts.orderItemId, [...itemIds]));
  for (const { itemId, title, userId, email, name } of receivers) {
    await queueEmail(tx, {
      kind: "gift_ended",
      subjectId: `${about}:${itemId}`,
      userId,
      toAddress: email,
      payload: { name, title },
    });
  }
}

/** A lost dispute ends what was accepted; what a refund had ended before was told then. */
export async function tellReceiversOfLostDispute(
  tx: Transaction,
  orderId: OrderId,
  disputeId: string,
): Promise<void> {
  const accepted = (await listGifts(tx, eq(gifts.orderId, orderId))).filter(
    (gift) => gift.claimedByUserId !== null && !gift.isReturned,
  );
  await tellReceivers(
    tx,
    disputeId,
    accepted.map((gift) => gift.orderItemId),
  );
}

const KEPT_FOR = sql`interval '90 days'`;

/**
 * Forgets the addresses of people who never agreed to be known, 90 days after the mail, or after an order that nobody
 * paid or that was given back; also in the outbox. A link that was sent still works, and the buyer may send it anew.
 * Answers how many.
 */
export async function forgetRecipients(): Promise<number> {
  return withTransaction(async (tx) => {
    const forgotten = await tx
      .update(gifts)
      .set({
        recipientEmail: null,
        message: sql`case when ${gifts.claimedAt} is null then '' else ${gifts.message} end`,
      })
      .where(
        and(
          isNotNull(gifts.recipientEmail),
          sql`case when ${gifts.deliveredAt} is not null then ${gifts.deliveredAt} < now() - ${KEPT_FOR}
            else exists (select 1 from ${orders} where ${orders.id} = ${gifts.orderId} and case
              when ${orders.status} in ('failed', 'expired') then ${gifts.createdAt} < now() - ${KEPT_FOR}
              else ${orders.refundedAt} < now() - ${KEPT_FOR} end) end`,
        ),
      )
      .returning({ id: gifts.id });
    await tx
      .update(emails)
      .set({ toAddress: "erased", payload: {}, lastError: null })
      .where(
        and(
          eq(emails.kind, "gift_received"),
          inArray(emails.status, ["sent", "failed"]),
          sql`${emails.createdAt} < now() - ${KEPT_FOR} and ${emails.toAddress} <> 'erased'`,
        ),
      );
    return forgotten.length;
  });
}
