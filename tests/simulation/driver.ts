import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { createDatabase } from "@/db/client";
import { type Actor, currentActor, never, type Point, type Verdict } from "./actor";
import type { Scheduler } from "./scheduler";

type Connection = ReturnType<typeof createDatabase>;
type Values = Parameters<postgres.Sql["unsafe"]>[1];
type Unsafe = Pick<postgres.Sql, "unsafe">;

/** As the shop's own pool does it: one round trip instead of two, and no plan anew. */
const PREPARED = { prepare: true };

export type Watch = {
  readonly scheduler: () => Scheduler;
  /**
   * A statement that might be sent after its transaction was rolled back, and would then take effect by itself: it
   * follows another in one branch while a parallel branch may fail.
   */
  readonly onStray: (text: string) => void;
};

/**
 * The shop's own pool, with a gate before every statement and around every commit. What the gate lets through goes to the
 * real database; what it refuses looks to the shop like a cut connection, a victim of the database, or its own death.
 */
export function watchedDatabase(pool: Connection, watch: Watch): Connection {
  const client = new Proxy(pool.sql, {
    get(target, name) {
      if (name === "unsafe")
        return (text: string, values: Values) => statement(watch, target, text, values, null);
      if (name === "begin")
        return (work: (tx: postgres.Sql) => Promise<unknown>) => begin(watch, target, work);
      return Reflect.get(target, name);
    },
  });
  return { db: drizzle(client, { casing: "snake_case" }), sql: pool.sql, close: pool.close };
}

type Open = {
  ended: boolean;
  /** It is of several, and waits for all of them before it ends: none of them can be late. */
  readonly isShared: boolean;
  readonly texts: string[];
  /** How many statements had come back when those under way were issued. */
  readonly underWay: Set<{ readonly returned: number }>;
  /** Those on the wire: a connection runs what it is told in order, so the commit waits behind them. */
  readonly onTheWire: Set<Promise<unknown>>;
  returned: number;
  /** Why one of its statements failed: the server would answer a commit after that with a rollback. */
  failure?: unknown;
};

/** Lazy as the driver's own query is: it goes out when it is awaited, as rows or as values. */
function statement(watch: Watch, client: Unsafe, text: string, values: Values, open: Open | null) {
  const actor = currentActor();
  if (!actor) return client.unsafe(text, values, PREPARED);
  const run = (asValues: boolean) => {
    const send = () => {
      const query = client.unsafe(text, values, PREPARED);
      return asValues ? query.values() : query;
    };
    return passStatement(watch, actor, { kind: "statement", text, inTransaction: open !== null }, send, open);
  };
  return {
    ...thenable(() => run(false)),
    values: () => run(true),
  };
}

function thenable(run: () => Promise<unknown>) {
  const key = "then";
  return {
    [key]: (done?: (value: unknown) => unknown, failed?: (error: unknown) => unknown) =>
      run().then(done, failed),
  };
}

async function passStatement(
  watch: Watch,
  actor: Actor,
  point: Point,
  send: () => PromiseLike<unknown>,
  open: Open | null,
): Promise<unknown> {
  if (open && !actor.dead && isStray(open)) watch.onStray(point.text);
  const ticket = { returned: open?.returned ?? 0 };
  open?.underWay.add(ticket);
  const passing = passGate(watch, actor, point, send, open);
  open?.onTheWire.add(passing);
  try {
    return await passing;
  } catch (error) {
    if (open) open.failure ??= error;
    throw error;
  } finally {
    open?.underWay.delete(ticket);
    open?.onTheWire.delete(passing);
    if (open) open.returned += 1;
  }
}

function isStray(open: Open): boolean {
  return (
    open.ended || (!open.isShared && [...open.underWay].some(({ returned }) => returned < open.returned))
  );
}

async function passGate(
  watch: Watch,
  actor: Actor,
  point: Point,
  send: () => PromiseLike<unknown>,
  open: Open | null,
): Promise<unknown> {
  const scheduler = watch.scheduler();
  const verdict = await scheduler.pass(actor, point);
  // It waited for its turn while another statement of its transaction failed: the server would refuse it now.
  if (open?.ended)
    throw new Error("current transaction is aborted, commands ignored until end of transaction block");
  if (verdict.kind === "fail" && verdict.when === "before") throw verdict.error();
  open?.texts.push(point.text);
  const result = await scheduler.flying(actor, send);
  return outlive(watch, actor, verdict, result);
}

async function outlive<T>(watch: Watch, actor: Actor, verdict: Verdict, result: T): Promise<T> {
  if (actor.dead) return never();
  if (verdict.kind === "kill") {
    watch.scheduler().kill(actor.instance);
    return never();
  }
  if (verdict.kind === "fail") throw verdict.error();
  return result;
}

async function begin(
  watch: Watch,
  client: postgres.Sql,
  work: (tx: postgres.Sql) => Promise<unknown>,
): Promise<unknown> {
  const actor = currentActor();
  if (!actor) throw new Error("only actors use a watched pool");
  // It heard of a call that Stripe broke off as the process died: that begins nothing any more.
  if (actor.dead) return never();
  const scheduler = watch.scheduler();
  const open: Open = {
    ended: false,
    isShared: actor.leads > 1,
    texts: [],
    underWay: new Set(),
    onTheWire: new Set(),
    returned: 0,
  };
  let verdict: Verdict = { kind: "go" };
  let end = () => {};
  const died = new Promise<never>((_resolve, reject) => {
    end = () => reject(new Error("the process died"));
  });
  died.catch(() => {});
  const whole = client.begin(async (real) => {
    const tx = new Proxy(real, {
      get: (target, name) =>
        name === "unsafe"
          ? (text: string, values: Values) => statement(watch, target, text, values, open)
          : Reflect.get(target, name),
    });
    const workThenCommit = async () => {
      const result = await work(tx as typeof real & postgres.Sql);
      await Promise.allSettled(open.onTheWire);
      if (open.failure) throw open.failure;
      verdict = await scheduler.pass(actor, { kind: "commit", text: open.texts.join("; ") });
      if (verdict.kind === "fail" && verdict.when === "before") throw verdict.error();
      return result;
    };
    try {
      return await Promise.race([workThenCommit(), died]);
    } finally {
      open.ended = true;
    }
  });
  actor.endings.add(end);
  const gone = whole.then(
    () => {},
    () => {},
  );
  actor.rollbacks.add(gone);
  try {
    const result = await whole;
    await outlive(watch, actor, verdict, null);
    await scheduler.pass(actor, { kind: "committed", text: open.texts.join("; ") }).then((after) => {
      if (after.kind === "fail") throw after.error();
      return outlive(watch, actor, after, null);
    });
    return result;
  } catch (error) {
    if (actor.dead) return never();
    throw error;
  } finally {
    actor.endings.delete(end);
    actor.rollbacks.delete(gone);
    scheduler.changed();
  }
}
