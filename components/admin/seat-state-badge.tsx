import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { SeatState, SeatType } from "@/lib/seats/schema";

export const SEAT_STATE_NAMES: Readonly<Record<SeatState, string>> = {
  active: "Learning",
  completed: "Completed",
  suspended: "Paused by a dispute",
  expired: "Ran out",
  refunded: "Refunded",
  revoked: "Ended",
};

/** An order gave what is bought, though a coupon may have taken all of its price off. */
export const SEAT_TYPE_NAMES: Readonly<Record<SeatType, string>> = {
  paid: "Bought",
  free: "Free",
  gifted: "Gifted",
};

const tones: Readonly<Record<SeatState, BadgeTone>> = {
  active: "success",
  completed: "accent",
  suspended: "warning",
  expired: "neutral",
  refunded: "neutral",
  revoked: "neutral",
};

export function SeatStateBadge({ state }: { readonly state: SeatState }) {
  return <Badge tone={tones[state]}>{SEAT_STATE_NAMES[state]}</Badge>;
}
