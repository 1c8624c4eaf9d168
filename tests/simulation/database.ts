import postgres from "postgres";
import { createDatabase } from "@/db/client";
import type { Instance } from "./actor";
import { watchedDatabase } from "./driver";

type Database = ReturnType<typeof createDatabase>;

/** More than ever run at once on a process: who waits for a connection stands at no point, and the scheduler waits for them. */
const POOL = 24;
/** Whoever holds a lock may have to wait for its turn, and longer on a busy machine: that is no fault of the shop. */
const PATIENCE = "lock_timeout=120000&statement_timeout=120000&idle_in_transaction_session_timeout=240000";

const KEEP_PRISTINE = `
  create schema pristine;
  do $$ declare t text; n int; begin
    for t in select tablename from pg_tables where schemaname = 'public' loop
      execute format('create table pristine.%1$I as table public.%1$I', t);
    end loop;
    for t in select tablename from pg_tables where schemaname = 'pristine' loop
      execute format('select 1 from pristine.%1$I limit 1', t);
      get diagnostics n = row_count;
      if n = 0 then execute format('drop table pristine.%1$I', t); end if;
    end loop;
  end $$`;

const WIPE = `
  do $$ declare t text; begin
    set local session_replication_role = replica;
    for t in select tablename from pg_tables where schemaname = 'public' loop
      execute format('delete from public.%1$I', t);
    end loop;
    for t in select tablename from pg_tables where schemaname = 'pristine' loop
      execute format('insert into public.%1$I select * from pristine.%1$I', t);
    end loop;
  end $$`;

/** A clone of the template, the pools of the processes on it, and a way to make it new again. */
export async function openDatabase(
  admin: postgres.Sql,
  cluster: { url: string; superuserUrl: string; template: string },
  watch: Parameters<typeof watchedDatabase>[1],
) {
  const name = `simulation_${process.pid}_${Date.now()}`;
  await admin`create database ${admin(name)} template ${admin(cluster.template)} strategy file_copy owner lectern`;
  await admin`alter database ${admin(name)} set deadlock_timeout = '30ms'`;
  const keeper = postgres(cluster.superuserUrl.replace(/\/postgres$/, `/${name}`), {
    max: 1,
    onnotice: () => {},
  });
  await keeper.unsafe(KEEP_PRISTINE);
  const [{ oid } = { oid: 0 }] = await admin<
    { oid: number }[]
  >`select oid::int from pg_database where datname = ${name}`;
  const url = cluster.url.replace(/\/lectern$/, `/${name}?${PATIENCE}`);
  const plain = createDatabase(url, { max: 4 });
  const pools = new Map<string, Database>();
  const watched = new Map<string, Database>();
  return {
    name,
    plain,
    of(instance: Instance | undefined): Database {
      if (!instance) return plain;
      const known = watched.get(instance.name);
      if (known) return known;
      const pool = pools.get(instance.name) ?? createDatabase(url, { max: POOL });
      pools.set(instance.name, pool);
      const made = watchedDatabase(pool, watch);
      watched.set(instance.name, made);
      return made;
    },
    /** The process was killed: what it had in memory is gone, its connections stay for the next. */
    restart: ({ name }: Instance) => watched.delete(name),
    countLockWaits: async () => {
      const [row] = await admin<{ waits: number }[]>`
        select count(distinct l.pid)::int as waits from pg_lock_status() l
        where not l.granted and exists (select from pg_stat_get_activity(l.pid) a where a.datid = ${oid})`;
      return row?.waits ?? 0;
    },
    /** Empties every table, but for the rows that migrations made. Quicker than a new clone with new connections. */
    wipe: () => keeper.unsafe(WIPE),
    close: async () => {
      await keeper.end();
      await Promise.all([plain, ...pools.values()].map((one) => one.sql.end({ timeout: 1 })));
      await admin`drop database if exists ${admin(name)} with (force)`;
    },
  };
}
