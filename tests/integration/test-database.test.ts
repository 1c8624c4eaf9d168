import { expect, test } from "vitest";
import { createTestDatabase } from "../support/database";

test("clones are migrated, empty, apart from each other, and made for a role without superuser rights", async () => {
  const [one, two] = [await createTestDatabase(), await createTestDatabase()];
  try {
    await one.sql`create table only_here (id int)`;
    expect(await two.sql`select from pg_tables where tablename = 'only_here'`).toHaveLength(0);
    const [role] = await two.sql<
      { usesuper: boolean }[]
    >`select usesuper from pg_user where usename = current_user`;
    expect(role?.usesuper).toBe(false);
    expect(await two.sql`select from drizzle.__drizzle_migrations`).not.toHaveLength(0);
  } finally {
    await one.close();
    await two.close();
  }
});
