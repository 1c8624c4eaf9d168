"use client";

import type { CommonRejection } from "@/lib/action";
import {
  clearAlertAction,
  compareNowAction,
  repairDifferenceAction,
  retryEventAction,
} from "@/lib/bookkeeping/actions";
import type {
  ClearRejection,
  CompareRejection,
  RepairRejection,
  RetryRejection,
} from "@/lib/bookkeeping/schema";
import { commonTexts } from "./common-texts";
import { PressButton } from "./press-button";

const retryTexts = {
  ...commonTexts,
  unknown_event: "This event is not there any more, or cannot be read.",
  settled_meanwhile: "This event was worked on in the meantime.",
  set_aside_again: "It contradicts what the shop knows, so it was set aside again. Mend the cause first.",
  not_ours: "Nothing of this shop hangs on this event.",
  failed_again: "It failed again; the reason stands on this page. Nothing was changed.",
} satisfies Record<RetryRejection | CommonRejection, string>;

export const RetryEvent = ({ event }: { readonly event: string }) => (
  <PressButton
    action={retryEventAction}
    fields={{ event }}
    label="Work on it again"
    done="The event is worked on."
    texts={retryTexts}
    variant="primary"
  />
);

const clearTexts = {
  ...commonTexts,
  unknown_alert: "This alert is not there any more.",
  cleared_meanwhile: "This alert was cleared in the meantime.",
} satisfies Record<ClearRejection | CommonRejection, string>;

type AlertProps = { readonly alert: string; readonly of: string };

export const ClearAlert = ({ alert, of }: AlertProps) => (
  <PressButton
    action={clearAlertAction}
    fields={{ alert }}
    label="Clear"
    of={of}
    done="Cleared."
    texts={clearTexts}
    small
  />
);

const repairTexts = {
  ...clearTexts,
  no_payment: "No payment at Stripe belongs to this.",
  not_repairable: "What Stripe says contradicts the order, so a person must settle it in Stripe’s Dashboard.",
  stripe_unavailable: "Stripe does not answer. Try again later.",
} satisfies Record<RepairRejection | CommonRejection, string>;

export const RepairDifference = ({ alert, of }: AlertProps) => (
  <PressButton
    action={repairDifferenceAction}
    fields={{ alert }}
    label="Repair"
    of={of}
    done="The order now says what Stripe says."
    texts={repairTexts}
    small
  />
);

const compareTexts = {
  ...commonTexts,
  stripe_unavailable: "Stripe does not answer. Try again later.",
} satisfies Record<CompareRejection | CommonRejection, string>;

export const CompareNow = ({ hours, label }: { readonly hours: 2 | 72; readonly label: string }) => (
  <PressButton
    action={compareNowAction}
    fields={{ hours: String(hours) }}
    label={label}
    done="The books are compared."
    texts={compareTexts}
  />
);
