import type { AddressInfo } from "node:net";
import { makeEndpoint } from "./api/events";
import { Idempotency } from "./api/idempotency";
import { Faults } from "./control/faults";
import { RequestLog } from "./control/request-log";
import type { Core, Delays } from "./core";
import { makeServer, type ServerParts } from "./http/server";
import { runJob } from "./payments/run-job";
import { checkAnswer } from "./schema/check-answer";
import { Clock } from "./store/clock";
import { Ids } from "./store/ids";
import { Jobs } from "./store/jobs";
import type { StripeEvent } from "./store/records";
import { Store } from "./store/store";
import { CliTunnels } from "./webhooks/cli-tunnels";
import { Deliverer } from "./webhooks/deliverer";
import { DeliveryFaults } from "./webhooks/delivery-faults";
import { EventLog } from "./webhooks/event-log";

export interface WebhookTarget {
  url: string;
  /** whsec_… */
  secret: string;
  /** Event types; all when left out. */
  events?: string[];
}

export interface StripeSandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Keeps the state in this folder; in memory only when left out. */
  dataDir?: string;
  webhooks?: WebhookTarget[];
  /** Waits before each retry of a webhook, in milliseconds. */
  retryDelays?: readonly number[];
  /** How long an endpoint may take, in milliseconds. */
  webhookTimeout?: number;
  delays?: Partial<Delays>;
  shopName?: string;
  /** The merchant's country; US when left out. */
  country?: string;
  /** The address in links, where it is not http://localhost:<port>. */
  publicUrl?: string;
  /** Where the sandbox's clock starts; it runs on from there. */
  now?: Date;
  /** Makes ids repeatable. */
  seed?: number;
  /** Only these keys are taken; any test key when left out. */
  secretKeys?: readonly string[];
  /** Compares every answer and every event with Stripe's description and keeps the differences in `nonconforming`. Costs time. */
  checkAnswers?: boolean;
  /** For simulations in the same process: asked before each API call is served. */
  intercept?: ServerParts["intercept"];
}

export interface StripeSandbox {
  /** http://127.0.0.1:<port> */
  url: string;
  port: number;
  /** The address in links. */
  publicUrl: string;
  /** "POST /v1/refunds: answer.charge: missing" – empty unless `checkAnswers` found something. */
  nonconforming: string[];
  /** What it knows, for simulations in the same process. */
  core: Core;
  close(): Promise<void>;
}

/** Short waits, since a shop on the same machine is down for seconds, not hours. */
export const RETRY_DELAYS = [1000, 3000, 10_000, 30_000, 120_000, 600_000, 3_600_000, 6 * 3_600_000];
export const DELAYS: Delays = { bankDebitSettles: 30, refundSettles: 30, refundFails: 30, disputeOpens: 2 };
const WEBHOOK_TIMEOUT_MS = 20_000;

/** Starts the sandbox on 127.0.0.1. Rejects when the port is taken. */
export async function startStripeSandbox(options: StripeSandboxOptions = {}): Promise<StripeSandbox> {
  const core = makeCore(options);
  const deliveryFaults = new DeliveryFaults(core.ids);
  const deliverer = new Deliverer(core, deliveryFaults, {
    retryDelays: options.retryDelays ?? RETRY_DELAYS,
    timeout: options.webhookTimeout ?? WEBHOOK_TIMEOUT_MS,
  });
  core.events.onQueued = () => deliverer.kick();
  const nonconforming: string[] = [];
  const note = (operation: string, complaints: string[]) =>
    nonconforming.push(...complaints.map((one) => `${operation}: ${one}`));
  if (options.checkAnswers) core.events.onEvent((event) => note(event.type, checkEvent(event)));
  const ownHosts = new Set<string>();
  const server = makeServer({
    core,
    deliverer,
    deliveryFaults,
    faults: new Faults(core.ids),
    idempotency: new Idempotency(core),
    intercept: options.intercept,
    onNonconforming: options.checkAnswers ? note : null,
    ownHosts,
    requests: new RequestLog(),
    secretKeys: options.secretKeys ?? null,
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  core.publicUrl = (options.publicUrl ?? `http://localhost:${port}`).replace(/\/$/, "");
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, new URL(core.publicUrl).host])
    ownHosts.add(host);
  core.store.transaction(() => aimWebhooks(core, options.webhooks ?? []));
  core.jobs.start((job) => runJob(core, job));
  core.jobs.runDue();
  deliverer.kick();
  const close = async () => {
    core.jobs.close();
    deliverer.close();
    core.tunnels.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    core.store.close();
  };
  return { url: `http://127.0.0.1:${port}`, port, publicUrl: core.publicUrl, nonconforming, core, close };
}

/** Where what an event tells about differs from Stripe's description of that object. */
function checkEvent({ data: { object } }: StripeEvent): string[] {
  const { object: name = "" }: { object?: string } = { ...object };
  return checkAnswer({ ref: name }, object, "event");
}

function makeCore(options: StripeSandboxOptions): Core {
  const ids = new Ids(options.seed);
  const clock = new Clock(options.now);
  const store = new Store(options.dataDir);
  const offset = store.settings.get("clock_offset")?.value;
  if (options.now === undefined && typeof offset === "number") clock.advance(offset);
  const events = new EventLog(store, clock, ids);
  const jobs = new Jobs(store, clock, ids);
  const settings = {
    shopName: options.shopName ?? "Lectern",
    country: options.country ?? "US",
    delays: { ...DELAYS, ...options.delays },
  };
  const tunnels = new CliTunnels(ids, store, events);
  return { store, clock, ids, events, jobs, settings, tunnels, publicUrl: "" };
}

/** The endpoints of the command line: one row per address, kept over restarts, with the secret of this start. */
function aimWebhooks(core: Core, targets: readonly WebhookTarget[]): void {
  for (const { url, secret, events = ["*"] } of targets) {
    const existing = [...core.store.endpoints.oldestFirst()].find((endpoint) => endpoint.url === url);
    if (existing === undefined) {
      makeEndpoint(core, { url, enabled_events: events, secret });
      continue;
    }
    core.store.endpoints.update(existing.id, { enabled_events: events, status: "enabled" });
    core.store.endpointSecrets.put({ id: existing.id, secrets: [secret] });
  }
}
