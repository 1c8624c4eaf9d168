import { asc, eq } from "drizzle-orm";
import { type Database, withTransaction } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { issueInvoice } from "@/lib/documents/mutations";
import { newId, type UserId } from "@/lib/ids";
import { minor, ZERO } from "@/lib/money";

const PRICE = minor(4900);

/** So many paid orders of one course, each with its invoice; without items and seats. */
export async function issueMany(db: Database, userId: UserId, count: number): Promise<void> {
  const paidAt = new Date();
  await db.insert(orders).values(
    Array.from({ length: count }, (_, index) => ({
      id: newId<"order">(),
      userId,
      orderNumber: `ORD-20260131-${String(index).padStart(6, "0")}`,
      status: "completed" as const,
      subtotalAmount: PRICE,
      discountAmount: ZERO,
      taxAmount: ZERO,
      totalAmount: PRICE,
      currency: "usd",
      livemode: false,
      expiresAt: paidAt,
      paidAt,
    })),
  );
  const placed = await db
    .select()
    .from(orders)
    .where(eq(orders.userId, userId))
    .orderBy(asc(orders.orderNumber));
  for (const order of placed) {
    const buyer = {
      name: "Mira Vale",
      company: null,
      email: "mira@example.test",
      address: null,
      vatId: null,
    };
    const item = {
      id: order.id,
      title: "Python from zero, for those who have never written a program",
      priceAmount: 4900,
      discountAmount: 0,
      netAmount: 4900,
      taxes: [],
    };
    await withTransaction(async (tx) =>
      issueInvoice(tx, { ...order, buyer, taxNote: null, items: [item] }, paidAt),
    );
  }
}
