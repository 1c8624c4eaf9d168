export type DisputeState = "inquiry" | "open" | "kept" | "lost";

/** A dispute as Stripe tells of it. Amounts in minor units. */
export type DisputeFact = {
  readonly stripeDisputeId: string;
  readonly paymentIntentId: string;
  readonly stripeStatus: string;
  readonly reason: string;
  readonly amount: number;
  readonly currency: string;
  readonly respondBy: Date | null;
  readonly openedAt: Date;
};

/** Stripe's statuses of API 2026-10-28. The name of an event says less: `closed` is won, lost or prevented. */
const STATES: Readonly<Record<string, DisputeState>> = {
  warning_needs_response: "inquiry",
  warning_under_review: "inquiry",
  warning_closed: "kept",
  needs_response: "open",
  under_review: "open",
  appeal_needs_response: "open",
  appeal_under_review: "open",
  won: "kept",
  prevented: "kept",
  lost: "lost",
};

/** What a status means for us; one that we do not know yet keeps the money in doubt. */
export function disputeStateOf(stripeStatus: string): DisputeState {
  return (Object.hasOwn(STATES, stripeStatus) ? STATES[stripeStatus] : undefined) ?? "open";
}

const FIRST_ROUND = ["warning_needs_response", "warning_under_review", "needs_response", "under_review"];

/** A verdict stands against an older answer that comes after it; only an appeal opens a dispute again. */
export function isOvertaken(knownStatus: string, toldStatus: string): boolean {
  const known = disputeStateOf(knownStatus);
  return (known === "kept" || known === "lost") && FIRST_ROUND.includes(toldStatus);
}

/**
 * The alerts about a dispute, one for each piece of news: who clears that it was opened has not heard yet that it was lost.
 * What is said again of the same news stays cleared.
 */
export const DISPUTE_ALERTS = [
  "dispute_inquiry",
  "dispute",
  "dispute_lost",
  "dispute_appeal",
  "dispute_appeal_lost",
] as const;
export type DisputeAlert = (typeof DISPUTE_ALERTS)[number];

const isAppeal = (stripeStatus: string | null) => stripeStatus?.startsWith("appeal_") === true;

/** What a status is told as, after the one that was known before; null when nothing is left to see to. */
export function alertOf(toldStatus: string, knownStatus: string | null): DisputeAlert | null {
  const state = disputeStateOf(toldStatus);
  if (state === "kept") return null;
  if (state === "inquiry") return "dispute_inquiry";
  if (state === "lost") return isAppeal(knownStatus) ? "dispute_appeal_lost" : "dispute_lost";
  return isAppeal(toldStatus) ? "dispute_appeal" : "dispute";
}

/** What disputes do to the seats of their order. */
export type DisputeEffect = "none" | "suspends" | "ends";

/** A lost one ends access, an open one suspends it, an inquiry (no money has moved) leaves it. */
export function effectOfDisputes(states: readonly DisputeState[]): DisputeEffect {
  if (states.includes("lost")) return "ends";
  return states.includes("open") ? "suspends" : "none";
}
