import { newId, newOrderNumber, type OrderId } from "@/lib/ids";
import { minor, ZERO } from "@/lib/money";
import type { CheckoutFacts } from "@/lib/payments/checkout-facts";
import { orderItems, orders } from "../../../db/schema/orders";
import type { TestShop } from "../commerce/buying";

/** An order that waits for its payment, without its session, and the facts that would pay it. */
export async function placeUnpaid(
  shop: TestShop,
  amount = 4900,
): Promise<{ id: OrderId; facts: CheckoutFacts }> {
  const [userId, course] = await Promise.all([
    shop.factories.learner(),
    shop.factories.course({ priceAmount: minor(amount) }),
  ]);
  const id = newId<"order">();
  const price = minor(amount);
  await shop.db.insert(orders).values({
    id,
    userId,
    orderNumber: newOrderNumber(new Date()),
    subtotalAmount: price,
    discountAmount: ZERO,
    taxAmount: ZERO,
    totalAmount: price,
    currency: "usd",
    livemode: false,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  await shop.db.insert(orderItems).values({
    orderId: id,
    courseId: course.id,
    courseSlug: course.slug,
    title: course.title,
    priceAmount: price,
    discountAmount: ZERO,
    netAmount: price,
    taxAmount: ZERO,
    refundedAmount: ZERO,
    position: 0,
  });
  const facts: CheckoutFacts = {
    sessionId: `cs_test_${id}`,
    orderId: id,
    status: "complete",
    paymentStatus: "paid",
    subtotalAmount: amount,
    discountAmount: 0,
    taxAmount: 0,
    totalAmount: amount,
    currency: "usd",
    livemode: false,
    paymentIntentId: `pi_test_${id}`,
    customerId: null,
    automaticTax: false,
    lines: [],
    billing: {
      name: "Mira Vale",
      company: null,
      taxId: null,
      email: null,
      address: {
        line1: "1 Bridge Road",
        line2: null,
        city: "Köln",
        state: null,
        postalCode: "50667",
        country: "DE",
      },
    },
  };
  return { id, facts };
}
