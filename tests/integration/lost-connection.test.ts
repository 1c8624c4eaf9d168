import { setTimeout } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createDatabase } from "@/db/client";
import { startWire } from "../support/cut-wire";
import { createTestDatabase } from "../support/database";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let wire: Awaited<ReturnType<typeof startWire>>;
/** A pool of one: whatever was left of a lost connection would meet what comes next. */
let pool: ReturnType<typeof createDatabase>;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.sql`create table kept (id integer primary key)`;
  wire = await startWire(database.url);
});
beforeEach(async () => {
  await database.sql`truncate kept`;
  pool = createDatabase(wire.url, { max: 1 });
  await pool.db.execute(sql`select 1`);
  return pool.close;
});
afterAll(async () => {
  await wire.close();
  await database.close();
});

const keep = (id: number) => sql`insert into kept (id) values (${id}::int)`;
const kept = async () => (await database.sql`select id from kept order by id`).map((row) => row.id);
const nothing = sql`select 1`;

/** Something that somebody else lets happen. */
function gate() {
  let open: (value?: unknown) => void = () => {};
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe.each(["end", "reset"] as const)("a connection that is lost by %s", (how) => {
  test("while a statement waits for its answer ends the transaction, and the pool goes on", async () => {
    const failing = pool.db.transaction(async (tx) => {
      await tx.execute(keep(1));
      const waiting = tx.execute(sql`select pg_sleep(1)`);
      waiting.catch(() => {});
      await setTimeout(20);
      wire.cut(how);
      await waiting;
    });
    await expect(failing).rejects.toThrow();
    for (let time = 0; time < 3; time += 1) expect(await pool.db.execute(nothing)).toHaveLength(1);
    expect(await kept()).toEqual([]);
  });

  test("is heard of at once, also where the work goes on regardless, of which no more is sent", async () => {
    const refused: unknown[] = [];
    const gone = gate();
    const failing = pool.db.transaction(async (tx) => {
      const waiting = tx.execute(sql`select pg_sleep(1)`).catch(() => {});
      await setTimeout(20);
      wire.cut(how);
      await waiting;
      for (const id of [1, 2]) await tx.execute(keep(id)).catch((error) => refused.push(error));
      await tx.transaction((inner) => inner.execute(keep(3))).catch((error) => refused.push(error));
      gone.open();
    });
    await expect(failing).rejects.toMatchObject({
      code: expect.stringMatching(/^(CONNECTION_CLOSED|ECONNRESET)$/),
    });
    await gone.opened;
    expect(refused).toHaveLength(3);
    expect(await pool.db.execute(nothing)).toHaveLength(1);
    expect(await kept()).toEqual([]);
  });

  test("inside of a savepoint is heard of by who waits for it", async () => {
    const heard: unknown[] = [];
    const failing = pool.db.transaction(async (tx) => {
      const inner = tx.transaction(async (savepoint) => {
        const waiting = savepoint.execute(sql`select pg_sleep(1)`);
        waiting.catch(() => {});
        await setTimeout(20);
        wire.cut(how);
        await waiting;
      });
      await inner.catch((error) => heard.push(error));
      await tx.execute(keep(1)).catch((error) => heard.push(error));
    });
    await expect(failing).rejects.toThrow();
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(await pool.db.execute(nothing)).toHaveLength(1);
    expect(await kept()).toEqual([]);
  });

  test.each(["goes on", "ends well", "fails"])(
    "between two statements harms no later transaction when the work %s",
    async (then) => {
      const [other, done] = [gate(), gate()];
      const lost = pool.db.transaction(async (tx) => {
        await tx.execute(keep(1));
        wire.cut(how);
        await other.opened;
        try {
          if (then === "goes on") await tx.execute(keep(2));
          if (then === "fails") throw new Error("for a reason of its own");
        } finally {
          done.open();
        }
      });
      await expect(lost).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
      const undone = pool.db.transaction(async (tx) => {
        await tx.execute(keep(3));
        other.open();
        await done.opened;
        await setTimeout(20);
        throw new Error("undone");
      });
      await expect(undone).rejects.toThrow("undone");
      expect(await kept()).toEqual([]);
      await pool.db.transaction(async (tx) => {
        await tx.execute(keep(4));
        await tx.transaction((inner) => inner.execute(keep(5)));
      });
      expect(await kept()).toEqual([4, 5]);
    },
  );
});

test("a transaction that has ended takes no more statements", async () => {
  const late = await pool.db.transaction(async (tx) => {
    await tx.execute(keep(1));
    return () => tx.execute(keep(2));
  });
  await expect(late()).rejects.toThrow();
  expect(await kept()).toEqual([1]);
});
