import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { createDatabase } from "@/db/client";
import { env } from "@/lib/env";
import { startMailSandbox } from "../../sandbox/mail/start";
import { startStripeSandbox } from "../../sandbox/stripe/start";
import { type Actor, currentActor, watchSharing } from "./actor";
import { openDatabase } from "./database";
import type { Scheduler } from "./scheduler";

export const WEBHOOK_SECRET = "whsec_of_the_simulation";
const ACTOR_HEADER = "x-simulated-actor";
/** Deleted rows make a database slow in the end. */
const HISTORIES_PER_DATABASE = 40;

export type Surroundings = Awaited<ReturnType<typeof startSurroundings>>;
type Database = ReturnType<typeof createDatabase>;

/** The history under way, as the parts that stay see it. */
export type Stage = {
  readonly scheduler: Scheduler;
  readonly onStray: (text: string) => void;
  readonly findActor: (id: number) => Actor | undefined;
};

/** What outlives a history in one process: Stripe and the mail API as sandboxes, and a database that is renewed at times. */
export async function startSurroundings(cluster: { url: string; superuserUrl: string; template: string }) {
  let stage: Stage | null = null;
  const onStage = (): Stage => {
    if (!stage) throw new Error("nothing is on stage");
    return stage;
  };
  shortenWaits();
  nameActors();
  watchSharing();
  const stripe = await startStripeSandbox({
    webhooks: [{ url: "http://127.0.0.1:9/webhook", secret: WEBHOOK_SECRET }],
    delays: { bankDebitSettles: null, refundSettles: null, refundFails: null, disputeOpens: null },
    intercept: (call) => intercept(stage, call),
  });
  const mails = mkdtempSync(join(tmpdir(), "lectern-simulation-"));
  const mail = await startMailSandbox({ dataDir: mails });
  Object.assign(process.env, {
    STRIPE_API_BASE: stripe.url,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    // So that sales wait for each other, and share a transaction, when but three come at once.
    DATABASE_POOL: "1",
    RESEND_BASE_URL: mail.url,
  });
  const admin = postgres(cluster.superuserUrl, { max: 1, onnotice: () => {} });
  let database: Awaited<ReturnType<typeof openDatabase>> | null = null;
  const watch = { scheduler: () => onStage().scheduler, onStray: (text: string) => onStage().onStray(text) };
  serveDatabase(() => {
    if (!database) throw new Error("there is no database yet");
    return database.of(currentActor()?.instance);
  });
  let histories = 0;
  const renew = async () => {
    if (database && histories % HISTORIES_PER_DATABASE !== 0) await database.wipe();
    else {
      await database?.close();
      database = await openDatabase(admin, cluster, watch);
    }
    histories += 1;
    mail.clear();
    stripe.core.store.clear();
    // Deliveries are made by the simulation, in an order of its own.
    await order(stripe.url, "/_sandbox/delivery-faults", { kind: "hold" });
  };
  return {
    core: stripe.core,
    mail: {
      /** How many mails the API took in this history. */
      arrivals: () => mail.count(),
      fail: (kind: string) => order(mail.url, "/_sandbox/faults", { kind, times: 1 }),
      heal: () => fetch(`${mail.url}/_sandbox/faults`, { method: "DELETE" }),
    },
    renew,
    /** Who works out the tax; the shop reads its settings once, so they are changed where it keeps them. */
    setTax: (by: "none" | "stripe") => Object.assign(env(), { STORE_TAX: by }),
    database: () => {
      if (!database) throw new Error("there is no database yet");
      return database;
    },
    enter: (next: Stage) => {
      stage = next;
    },
    close: async () => {
      await database?.close();
      await admin.end();
      await stripe.close();
      await mail.close();
      rmSync(mails, { recursive: true, force: true });
    },
  };
}

/** `db()` of the shop's code answers the pool of the process that the actor runs on. */
function serveDatabase(find: () => Database): void {
  Object.defineProperty(globalThis, "__lecternDatabase", { configurable: true, get: find, set: () => {} });
}

async function intercept(
  stage: Stage | null,
  call: { method: string; path: string; headers: http.IncomingHttpHeaders },
) {
  const actor = stage?.findActor(Number(call.headers[ACTOR_HEADER]));
  if (!stage || !actor) return null;
  if (actor.dead) return { kind: "reset", when: "before" } as const;
  const verdict = await stage.scheduler.pass(actor, { kind: "stripe", text: `${call.method} ${call.path}` });
  if (verdict.kind === "stripe") return verdict.order;
  if (verdict.kind !== "kill") return null;
  stage.scheduler.kill(actor.instance);
  return { kind: "reset", when: verdict.when } as const;
}

/** Every request to a sandbox says which actor sent it. */
function nameActors(): void {
  const original = http.request;
  const named = (...args: unknown[]) => {
    const actor = currentActor();
    const request: http.ClientRequest = Reflect.apply(original, http, args);
    if (actor) request.setHeader(ACTOR_HEADER, actor.id);
    return request;
  };
  Object.assign(http, { request: named });
}

/** The shop's pauses before a retry, a fiftieth as long. Longer ones are limits, which nothing here may reach. */
function shortenWaits(): void {
  const original = globalThis.setTimeout;
  const shortened = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
    original(work, currentActor() && ms >= 10 && ms <= 3_000 ? ms / 50 : ms, ...args);
  globalThis.setTimeout = Object.assign(shortened, original);
}

async function order(url: string, path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
}
