import { eq } from "drizzle-orm";
import { env } from "../../lib/env";
import { registerUser } from "../../lib/identity/mutations";
import { type Minor, minor } from "../../lib/money";
import { db } from "../client";
import { coupons } from "../schema/coupons";
import { users } from "../schema/identity";

export type DemoAccount = {
  readonly email: string;
  readonly name: string;
  readonly role: "admin" | "learner";
  readonly password: string;
};

type DemoCoupon = Omit<typeof coupons.$inferInsert, "id">;

/** One coupon for each kind of rule, in the shop's currency. */
function demoCoupons(currency: string, now: Date): readonly DemoCoupon[] {
  const amount = (value: number): Minor => minor(value);
  const lastMonth = new Date(now.getTime() - 30 * 24 * 60 * 60 * 1000);
  return [
    {
      code: "WELCOME10",
      description: "10 % off, at most 10.00",
      discountType: "percentage",
      discountValue: 10,
      maxDiscountAmount: amount(1000),
      currency,
    },
    {
      code: "TAKE15",
      description: "15.00 off from 80.00",
      discountType: "fixed",
      discountValue: 1500,
      minPurchaseAmount: amount(8000),
      currency,
    },
    {
      code: "FIRSTFREE",
      description: "100 % off, once per learner",
      discountType: "percentage",
      discountValue: 100,
      maxUsesPerUser: 1,
    },
    {
      code: "SQL20",
      description: "20 % off SQL courses",
      discountType: "percentage",
      discountValue: 20,
      applicableCourseTypes: ["sql"],
    },
    {
      code: "BYGONE",
      description: "25 % off, expired",
      discountType: "percentage",
      discountValue: 25,
      validUntil: lastMonth,
    },
  ];
}

/** Creates what is missing of the demo accounts and coupons; what exists stays as it is. */
export async function seedDemo(accounts: readonly DemoAccount[], now: Date): Promise<void> {
  for (const { name, email, password, role } of accounts) {
    const registered = await registerUser({ name, email, password });
    if (registered.ok) await db().update(users).set({ role }).where(eq(users.id, registered.value));
  }
  await db()
    .insert(coupons)
    .values([...demoCoupons(env().STORE_CURRENCY, now)])
    .onConflictDoNothing({ target: coupons.code });
}
