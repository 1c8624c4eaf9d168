import "server-only";
import { prunePayloads } from "@/lib/bookkeeping/mutations";
import { expireStaleOrders } from "@/lib/checkout/mutations";
import { deliverDueGifts } from "@/lib/gifts/mutations";
import { log } from "@/lib/log";
import { sendDueEmails } from "@/lib/notifications/mutations";
import { deleteErasedCustomers } from "@/lib/payments/mutations";
import { eraseDueAccounts, packDueExport } from "@/lib/privacy/mutations";
import { settleCompletions } from "@/lib/progress/mutations";
import { pruneRuns } from "@/lib/reconciliation/mutations";
import { reconcileLast } from "@/lib/reconciliation/reconcile";
import { sendPendingRefunds } from "@/lib/refunds/mutations";
import { returnSecondPayments } from "@/lib/second-payments/mutations";
import { pruneExpired } from "./mutations";
import { poll } from "./poll";
import { PULSE_JOB } from "./queries";
import { runSchedule, type ScheduledJob } from "./schedule";

const EVERY_MINUTE = "* * * * *";
const EVERY_TWO_MINUTES = "*/2 * * * *";
const EVERY_HOUR = "17 * * * *";

const scheduled: readonly ScheduledJob[] = [
  { name: PULSE_JOB, cron: EVERY_MINUTE, run: expireStaleOrders, atStart: true },
  { name: "reconcile", cron: EVERY_TWO_MINUTES, run: () => reconcileLast(2), atStart: true },
  { name: "reconcile-three-days", cron: EVERY_HOUR, run: () => reconcileLast(72) },
  { name: "deliver-gifts", cron: EVERY_MINUTE, run: deliverDueGifts },
  { name: "settle-completions", cron: EVERY_TWO_MINUTES, run: settleCompletions },
  { name: "prune-expired", cron: EVERY_HOUR, run: pruneExpired },
  { name: "prune-payloads", cron: EVERY_HOUR, run: prunePayloads },
  { name: "prune-comparisons", cron: EVERY_HOUR, run: pruneRuns },
  { name: "delete-customers", cron: EVERY_TWO_MINUTES, run: deleteErasedCustomers },
  { name: "erase-accounts", cron: EVERY_HOUR, run: eraseDueAccounts },
];

const failed = (what: string) => (error: unknown) =>
  log.error({ err: error }, `${what} could not be worked on`);

/**
 * Everything the worker does, until `signal` aborts. Mails and refunds are polled, since their rows are the jobs: they
 * are on their way within a second or two of the transaction that made them. Several workers may run.
 */
export async function runJobs(signal: AbortSignal): Promise<void> {
  await Promise.all([
    poll({ work: sendDueEmails, everyMs: 1_000, idleMs: 3_000, onError: failed("mails") }, signal),
    poll({ work: settleRefunds, everyMs: 2_000, idleMs: 2_000, onError: failed("refunds") }, signal),
    poll({ work: packDueExport, everyMs: 2_000, idleMs: 4_000, onError: failed("copies of data") }, signal),
    runSchedule(scheduled, signal),
  ]);
}

/** A refund that Stripe refuses stays unsent, so a full batch is no reason to hurry. */
async function settleRefunds(): Promise<number> {
  await sendPendingRefunds();
  await returnSecondPayments();
  return 0;
}
