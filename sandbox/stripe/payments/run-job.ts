import type { Core } from "../core";
import type { JobRow } from "../store/rows";
import { openDispute } from "./disputes";
import { expireSession } from "./finish-session";
import { failRefund, settleRefund } from "./refunds";
import { settleDebit } from "./settle-debit";

/** Does what was put off, unless it has been done by hand or its subject has been forgotten. */
export function runJob(core: Core, job: JobRow): void {
  core.events.cause = null;
  switch (job.kind) {
    case "expire_session": {
      const session = core.store.sessions.get(job.subject);
      if (session?.status === "open") expireSession(core, session);
      return;
    }
    case "settle_debit": {
      const intent = core.store.paymentIntents.get(job.subject);
      if (intent) settleDebit(core, intent, plannedOutcome(core, intent.id));
      return;
    }
    case "settle_refund":
    case "fail_refund": {
      const refund = core.store.refunds.get(job.subject);
      if (refund) (job.kind === "fail_refund" ? failRefund : settleRefund)(core, refund);
      return;
    }
    case "open_dispute": {
      const charge = core.store.charges.get(job.subject);
      if (charge) openDispute(core, charge);
    }
  }
}

function plannedOutcome(core: Core, intentId: string) {
  const session = core.store.sessions.where("payment_intent", intentId)[0];
  const planned = session && core.store.checkouts.get(session.id)?.debit;
  return planned && planned !== "waits" ? planned : "succeeds";
}
