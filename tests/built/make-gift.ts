import { eq } from "drizzle-orm";
import { gifts } from "@/db/schema/gifts";
import { orderItems, orders } from "@/db/schema/orders";
import { hashSecret } from "@/lib/hash-secret";
import { newSecret, type OrderId } from "@/lib/ids";
import type { BuiltShop } from "./start-shop";

/** Makes an open order of one course a paid one of something for somebody else, whose mail went out. */
export async function makeGift(shop: BuiltShop, orderId: OrderId) {
  const now = new Date();
  await shop.db.update(orders).set({ status: "completed", paidAt: now }).where(eq(orders.id, orderId));
  const [item] = await shop.db
    .select({ id: orderItems.id })
    .from(orderItems)
    .where(eq(orderItems.orderId, orderId));
  if (!item) throw new Error("no item");
  const [gift] = await shop.db
    .insert(gifts)
    .values({
      orderId,
      orderItemId: item.id,
      recipientEmail: "grace@example.test",
      message: "For you.",
      timeZone: "UTC",
      deliverAt: now,
      deliveredAt: now,
      deliveries: 1,
      tokenHash: hashSecret(newSecret()),
    })
    .returning({ id: gifts.id });
  if (!gift) throw new Error("no gift");
  return gift;
}
