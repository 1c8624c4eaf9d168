import { eq, inArray } from "drizzle-orm";
import { registerUser } from "../../lib/identity/mutations";
import { type Minor, minor } from "../../lib/money";
import { db } from "../client";
import { coupons } from "../schema/coupons";
import { users } from "../schema/identity";

export type DemoLogin = { readonly email: string; readonly name: string; readonly role: "admin" | "learner" };

/** The accounts of a fresh installation. Their passwords are random, made by the start command, and in no file of the project. */
export const DEMO_LOGINS = [
  { email: "admin@lectern.example", name: "Shop admin", role: "admin" },
  { email: "ada@lectern.example", name: "Ada", role: "learner" },
  { email: "bo@lectern.example", name: "Bo", role: "learner" },
] as const satisfies readonly DemoLogin[];

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
export async function seedDemo(options: {
  readonly passwords: Readonly<Record<string, string>>;
  readonly currency: string;
  readonly now: Date;
}): Promise<void> {
  const emails = DEMO_LOGINS.map((login) => login.email);
  const existing = await db().select({ email: users.email }).from(users).where(inArray(users.email, emails));
  const known = new Set(existing.map((user) => user.email));
  for (const login of DEMO_LOGINS) {
    const password = options.passwords[login.email];
    if (known.has(login.email) || !password) continue;
    await registerUser({ name: login.name, email: login.email, password });
    await db().update(users).set({ role: login.role }).where(eq(users.email, login.email));
  }
  await db()
    .insert(coupons)
    .values([...demoCoupons(options.currency, options.now)])
    .onConflictDoNothing({ target: coupons.code });
}
