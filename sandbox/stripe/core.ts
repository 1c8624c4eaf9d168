import type { Clock } from "./store/clock";
import type { Ids } from "./store/ids";
import type { Jobs } from "./store/jobs";
import type { Store } from "./store/store";
import type { CliTunnels } from "./webhooks/cli-tunnels";
import type { EventLog } from "./webhooks/event-log";

export const API_VERSION = "2026-10-28.endive";

/** How long after a payment its slow consequences come by themselves, in seconds. null: only by a button or a call. */
export interface Delays {
  bankDebitSettles: number | null;
  refundSettles: number | null;
  refundFails: number | null;
  disputeOpens: number | null;
}

export interface Settings {
  /** The merchant's name on the hosted pages and receipts. */
  shopName: string;
  /** The merchant's country, ISO 3166-1 alpha-2: a business elsewhere owes its tax itself. */
  country: string;
  delays: Delays;
}

/** What every part of the sandbox works on. One process, one account. */
export interface Core {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: EventLog;
  readonly jobs: Jobs;
  readonly settings: Settings;
  readonly tunnels: CliTunnels;
  /** The address in links (hosted pages, receipts), without a slash at its end. */
  publicUrl: string;
}
