import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Transaction } from "@/db/client";
import { commitTogether, type Sharing, sharing } from "@/db/commit-together";
import { statement } from "@/db/statement";
import { startTestShop } from "../support/shop";

let shop: Awaited<ReturnType<typeof startTestShop>>;
beforeAll(async () => {
  shop = await startTestShop();
  await shop.sql`create table notes (word text primary key check (word <> 'bad'), transaction xid8, written timestamptz)`;
});
afterAll(() => shop.close());
beforeEach(() => shop.sql`truncate notes`);

type Note = { readonly word: string };
const write = statement<Note>(
  "word",
  { word: "text" },
  ({ word }) => sql`
    insert into notes (word, transaction, written)
    select ${word}, pg_current_xact_id(), statement_timestamp() from given
    returning word, transaction::text, written::text`,
);

const note = (word: string, key = word) => commitTogether(key, async (tx) => (await write(tx, { word }))[0]);
const written = async () => (await shop.sql`select word from notes order by word`).map(({ word }) => word);
const words = (amount: number) =>
  Array.from({ length: amount }, (_, index) => `word ${String(index).padStart(2, "0")}`);

/** The sizes of the groups that `work` made. */
async function groupsOf(work: () => Promise<unknown>): Promise<readonly number[]> {
  const sizes: number[] = [];
  const listen = (told: unknown) => {
    const step = told as Sharing;
    if (step.step === "leads") sizes.push(step.size);
  };
  sharing.subscribe(listen);
  await work();
  sharing.unsubscribe(listen);
  return sizes;
}

test("who comes at once shares one transaction and one statement, and gets the own answer", async () => {
  let answers: Awaited<ReturnType<typeof note>>[] = [];
  const sizes = await groupsOf(async () => {
    answers = await Promise.all(words(12).map((word) => note(word)));
  });
  expect(sizes).toEqual([12]);
  expect(answers.map((answer) => answer?.word)).toEqual(words(12));
  expect(new Set(answers.map((answer) => answer?.transaction)).size).toBe(1);
  expect(new Set(answers.map((answer) => answer?.written)).size).toBe(1);
  expect(await written()).toEqual(words(12));
});

test("a group has its size, and as many are under way as may be; who comes then goes together", async () => {
  let release = () => {};
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  const sizes = await groupsOf(async () => {
    const first = words(50).map((word) =>
      commitTogether(word, async (tx) => {
        await write(tx, { word });
        await open;
      }),
    );
    await pause(50);
    const late = ["late", "later"].map((word) => note(word));
    await pause(50);
    release();
    await Promise.all([...first, ...late]);
  });
  expect(sizes).toEqual([16, 16, 16, 2, 2]);
  expect(await written()).toEqual(["late", "later", ...words(50)]);
});

test("two of one key never share a transaction", async () => {
  const answers = await Promise.all(["one", "two", "three"].map((word) => note(word, "same")));
  expect(new Set(answers.map((answer) => answer?.transaction)).size).toBe(3);
});

test("who fails at the database fails alone; the others have their effect once", async () => {
  const all = [...words(8), "bad"];
  let ended: PromiseSettledResult<unknown>[] = [];
  const sizes = await groupsOf(async () => {
    ended = await Promise.allSettled(all.map((word) => note(word)));
  });
  expect(sizes).toEqual([9, ...Array(9).fill(1)]);
  expect(ended.map(({ status }) => status)).toEqual([...words(8).map(() => "fulfilled"), "rejected"]);
  expect(await written()).toEqual(words(8));
});

test("who fails in our code fails alone, and nothing of it stays, however late the others are", async () => {
  const failing = async (tx: Transaction) => {
    await write(tx, { word: "half" });
    throw new Error("no");
  };
  const slow = async (tx: Transaction) => {
    await pause(50);
    await write(tx, { word: "slow" });
  };
  const both = Promise.allSettled([commitTogether("failing", failing), commitTogether("slow", slow)]);
  expect((await both).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(await written()).toEqual(["slow"]);
});

test("a connection that is cut under a group: each is done again, and once", async () => {
  let cuts = 0;
  const cutting = async (tx: Transaction) => {
    const [row] = await write(tx, { word: "cutting" });
    cuts += 1;
    if (cuts === 1) {
      const [{ pid } = { pid: 0 }] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await shop.sql`select pg_terminate_backend(${pid})`;
    }
    return row;
  };
  const others = words(3).map((word) => note(word));
  await Promise.all([...others, commitTogether("cutting", cutting)]);
  expect(cuts).toBe(2);
  expect(await written()).toEqual(["cutting", ...words(3)]);
});
