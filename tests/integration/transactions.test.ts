import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runBeforeCommit, sendWithCommit, sqlState, withTransaction } from "@/db/client";
import { startTestShop } from "../support/shop";

let shop: Awaited<ReturnType<typeof startTestShop>>;
beforeAll(async () => {
  shop = await startTestShop();
  await shop.sql`create table kept (id integer primary key)`;
});
afterAll(() => shop.close());

const keep = (id: number) => sql`insert into kept (id) values (${id}::int) returning id`;
const kept = async () => (await shop.sql`select id from kept order by id`).map((row) => row.id);

test("what is sent with the commit is part of the transaction, after all before it", async () => {
  const answer = await withTransaction(async (tx) => {
    sendWithCommit(tx, () => tx.execute(sql`insert into kept select max(id) + 1 from kept`));
    await tx.execute(keep(1));
    return "done";
  });
  expect(answer).toBe("done");
  expect(await kept()).toEqual([1, 2]);
});

test("when it fails, nothing of the transaction stays, and the caller hears of it", async () => {
  const failing = withTransaction(async (tx) => {
    await tx.execute(keep(3));
    sendWithCommit(tx, () => tx.execute(keep(1)));
  });
  expect(sqlState(await failing.catch((error: unknown) => error))).toBe("23505");
  expect(await kept()).toEqual([1, 2]);
});

test("of what fails before, it is not sent at all", async () => {
  const failing = withTransaction(async (tx) => {
    sendWithCommit(tx, () => tx.execute(keep(4)));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await kept()).toEqual([1, 2]);
});

test("who needs it before has it once", async () => {
  await withTransaction(async (tx) => {
    sendWithCommit(tx, () => tx.execute(keep(5)));
    await runBeforeCommit(tx);
    expect(await tx.execute(sql`select id from kept where id = 5`)).toHaveLength(1);
    await runBeforeCommit(tx);
  });
  expect(await kept()).toEqual([1, 2, 5]);
});

test("many at once wait for the same row, and each adds to it once", async () => {
  await shop.sql`create table counter (n integer not null)`;
  await shop.sql`insert into counter values (0)`;
  await Promise.all(
    Array.from({ length: 50 }, () =>
      withTransaction(async (tx) => {
        await tx.execute(sql`select 1`);
        sendWithCommit(tx, () => tx.execute(sql`update counter set n = n + 1`));
      }),
    ),
  );
  expect(await shop.sql`select n from counter`).toMatchObject([{ n: 50 }]);
});

test("a transaction of another kind says that it cannot", async () => {
  await shop.db.transaction(async (tx) => {
    expect(() => sendWithCommit(tx, () => tx.execute(keep(9)))).toThrow("withTransaction");
  });
});
