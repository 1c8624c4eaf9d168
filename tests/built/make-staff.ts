import { eq, sql } from "drizzle-orm";
import { userSessions, users } from "@/db/schema/identity";
import type { StaffRole } from "@/lib/permissions";
import type { BuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { makePerson } from "./world";

/** Somebody signed in with this role, and with a code of the second factor unless said otherwise. */
export async function makeStaff(shop: BuiltShop, role: StaffRole, secondFactor = true): Promise<Visitor> {
  const person = await makePerson(shop, role);
  await shop.db.update(users).set({ role }).where(eq(users.id, person.userId));
  if (secondFactor)
    await shop.db
      .update(userSessions)
      .set({ secondFactorAt: sql`now()` })
      .where(eq(userSessions.userId, person.userId));
  return person.visitor;
}
