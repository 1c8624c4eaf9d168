"use client";

import { forgetEverything } from "./forget";
import { flushOutbox } from "./outbox";
import { sendDrafts } from "./send-drafts";

/** How long signing out waits for what was done without a network to be sent. */
const SEND_MS = 3_000;

/**
 * Sends what waits here, ends the session, and forgets everything once it has ended. False when it has not: then everything
 * stays. What could not be sent in time goes too: a browser that is signed out keeps nothing.
 */
export async function signOut(account: string, endSession: () => Promise<boolean>): Promise<boolean> {
  const limit = AbortSignal.timeout(SEND_MS);
  await flushOutbox(account, limit)
    .then(() => sendDrafts(account, limit))
    // Its turn did not come: another tab is sending.
    .catch(() => {});
  const hasEnded = await endSession();
  // Where it fails, the next page tries again: the lessons still have their owner's name.
  if (hasEnded) await forgetEverything().catch(() => {});
  return hasEnded;
}
