import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { CouponState } from "@/lib/campaigns/schema";

export const COUPON_STATE_NAMES: Readonly<Record<CouponState, string>> = {
  active: "Active",
  scheduled: "Not yet",
  expired: "Expired",
  used_up: "Used up",
  off: "Off",
};

const tones: Readonly<Record<CouponState, BadgeTone>> = {
  active: "success",
  scheduled: "warning",
  expired: "neutral",
  used_up: "neutral",
  off: "neutral",
};

export function CouponStateBadge({ state }: { readonly state: CouponState }) {
  return <Badge tone={tones[state]}>{COUPON_STATE_NAMES[state]}</Badge>;
}
