import { z } from "zod";

export const EVENT_STATES = ["quarantined", "failing", "processed"] as const;
export type EventState = (typeof EVENT_STATES)[number];

export const eventId = z.string().regex(/^evt_\w{1,200}$/);
const alert = z.uuid();

export const retryInput = z.object({ event: eventId });
export const alertInput = z.object({ alert });
export const compareInput = z.object({ hours: z.enum(["2", "72"]).transform(Number) });

export type RetryRejection =
  | "unknown_event"
  | "settled_meanwhile"
  | "set_aside_again"
  | "not_ours"
  | "failed_again";
export type ClearRejection = "unknown_alert" | "cleared_meanwhile";
export type RepairRejection =
  | "unknown_alert"
  | "cleared_meanwhile"
  | "no_payment"
  | "not_repairable"
  | "stripe_unavailable";
export type CompareRejection = "stripe_unavailable";
