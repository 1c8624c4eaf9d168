import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { UserId } from "../lib/ids";
import { type Permission, rolesWith } from "../lib/permissions";
import { db } from "./client";
import { users } from "./schema/identity";

/** True in SQL when this person's role allows it now. A read with it in its WHERE answers nothing to anybody else. */
export function askedBy(staffId: UserId, permission: Permission): SQL {
  const row = and(
    eq(users.id, staffId),
    inArray(users.role, [...rolesWith(permission)]),
    isNull(users.blockedAt),
  );
  return sql`exists (${db().select({ one: sql`1` }).from(users).where(row)})`;
}
