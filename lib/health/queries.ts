import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** Whether the database answers within two seconds. */
export async function checkDatabase(): Promise<boolean> {
  const answers = db()
    .execute(sql`select 1`)
    .then(
      () => true,
      () => false,
    );
  const tooLate = new Promise<false>((resolve) => setTimeout(() => resolve(false), 2_000).unref());
  return Promise.race([answers, tooLate]);
}
