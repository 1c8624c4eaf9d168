import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { DisputeRow } from "@/lib/bookkeeping/queries";
import type { EventState } from "@/lib/bookkeeping/schema";

export const EVENT_STATE_NAMES: Readonly<Record<EventState, string>> = {
  quarantined: "Set aside",
  failing: "Failing",
  processed: "Worked on",
};

const eventTones: Readonly<Record<EventState, BadgeTone>> = {
  quarantined: "danger",
  failing: "warning",
  processed: "success",
};

export function EventStateBadge({ state }: { readonly state: EventState }) {
  return <Badge tone={eventTones[state]}>{EVENT_STATE_NAMES[state]}</Badge>;
}

const disputeWords: Readonly<Record<DisputeRow["state"], readonly [string, BadgeTone]>> = {
  inquiry: ["The bank asks", "warning"],
  open: ["Undecided", "danger"],
  kept: ["Won", "success"],
  lost: ["Lost", "neutral"],
};

export function DisputeBadge({ state }: { readonly state: DisputeRow["state"] }) {
  const [words, tone] = disputeWords[state];
  return <Badge tone={tone}>{words}</Badge>;
}
