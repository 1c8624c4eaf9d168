"use client";

import { CalendarPlus, CircleSlash } from "lucide-react";
import { Effect, Effects } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import type { CommonRejection } from "@/lib/action";
import { extendSeatAction, revokeSeatAction } from "@/lib/seats/actions";
import type { ExtendRejection, RevokeRejection } from "@/lib/seats/schema";
import { commonTexts } from "./common-texts";
import { DialogForm, DialogOpener } from "./dialog-form";

const extendTexts = {
  ...commonTexts,
  unknown_seat: "This seat is not there any more.",
  not_active: "This seat has ended. Give a new one instead.",
  changed_meanwhile: "Somebody else has moved the end in the meantime. Close the dialog and look again.",
  not_later: "Choose a day after the one on which the seat ends, and not in the past.",
  has_no_end: "This seat does not end.",
} satisfies Record<ExtendRejection | CommonRejection, string>;

const revokeTexts = {
  ...commonTexts,
  unknown_seat: "This seat is not there any more.",
  not_active: "This seat has ended already.",
} satisfies Record<RevokeRejection | CommonRejection, string>;

type DialogProps = { readonly seat: string; readonly learner: string; readonly course: string };

/** Opens the dialog that moves the end of a seat. */
export function ExtendSeat({ seat, learner, course, endsAt }: DialogProps & { readonly endsAt: string }) {
  return (
    <DialogOpener
      label="Extend"
      icon={<CalendarPlus />}
      title="Let this seat last longer"
      subtitle={`${learner}, ${course}`}
    >
      {(close) => <ExtendForm seat={seat} endsAt={endsAt} onClose={close} />}
    </DialogOpener>
  );
}

type FormProps = { readonly seat: string; readonly onClose: () => void };

function ExtendForm({ seat, endsAt, onClose }: FormProps & { readonly endsAt: string }) {
  return (
    <DialogForm
      action={extendSeatAction}
      fields={{ seat, seen: endsAt }}
      texts={extendTexts}
      failed="The seat ends as before"
      done="The seat lasts longer."
      keep="Leave the end as it is"
      act="Extend"
      onClose={onClose}
    >
      {(refusal) => (
        <TextField
          label="New last day"
          name="until"
          type="date"
          autoComplete="off"
          help="Access ends when this day is over in UTC. Empty for no end at all."
          error={
            refusal?.fields?.until ?? (refusal?.code === "not_later" ? extendTexts.not_later : undefined)
          }
        />
      )}
    </DialogForm>
  );
}

/** Opens the dialog that takes a seat away. */
export function RevokeSeat({ seat, learner, course, isPaid }: DialogProps & { readonly isPaid: boolean }) {
  return (
    <DialogOpener
      label="Take away"
      icon={<CircleSlash />}
      title="Take this seat away"
      subtitle={`${learner}, ${course}`}
    >
      {(close) => <RevokeForm seat={seat} isPaid={isPaid} onClose={close} />}
    </DialogOpener>
  );
}

function RevokeForm({ seat, isPaid, onClose }: FormProps & { readonly isPaid: boolean }) {
  return (
    <DialogForm
      action={revokeSeatAction}
      fields={{ seat }}
      texts={revokeTexts}
      failed="The seat was not taken away"
      done="The seat is taken away."
      keep="Keep the seat"
      act="Take it away"
      danger
      onClose={onClose}
    >
      {(refusal) => (
        <>
          <TextField
            label="Reason"
            name="reason"
            autoComplete="off"
            maxLength={500}
            help="For the audit log; the learner does not see it."
            error={refusal?.fields?.reason}
          />
          <Effects>
            <Effect icon={<CircleSlash />}>
              The learner can no longer read the course, as of now. Progress is kept for a seat to come.
            </Effect>
            {isPaid ? (
              <Effect icon={<CircleSlash />}>No money goes back. For that, refund the order.</Effect>
            ) : null}
          </Effects>
        </>
      )}
    </DialogForm>
  );
}
