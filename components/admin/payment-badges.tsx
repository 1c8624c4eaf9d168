import { Landmark } from "lucide-react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/date-time";
import type { DisputeRow } from "@/lib/bookkeeping/queries";
import type { EventState } from "@/lib/bookkeeping/schema";
import type { DisputeStanding } from "@/lib/disputes/queries";

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

const standingWords: Readonly<Record<DisputeStanding["state"], readonly [string, BadgeTone]>> = {
  inquiry: ["The bank asks", "warning"],
  open: ["Disputed", "danger"],
  lost: ["Lost to a dispute", "danger"],
};

/** What stands beside the state of an order whose payment a bank wants back. Nothing for any other. */
export function StandingBadge({ dispute }: { readonly dispute: DisputeStanding | null }) {
  if (!dispute) return null;
  const { state, answerBy } = dispute;
  const [words, tone] = standingWords[state];
  return (
    <Badge tone={tone} icon={<Landmark />}>
      <span>
        {words}
        {answerBy && state !== "lost" ? (
          <>
            , answer by <DateTime at={answerBy} format="day" />
          </>
        ) : null}
      </span>
    </Badge>
  );
}
