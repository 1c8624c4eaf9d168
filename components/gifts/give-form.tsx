"use client";

import { problemsOf } from "@/components/identity/rejections";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { giveAction } from "@/lib/gifts/actions";
import { type Calendar, GiftFields, type GiftValues } from "./gift-fields";
import { giveMessages } from "./messages";

type Props = {
  readonly course: string;
  /** What was typed before, when the gift is in the cart already. */
  readonly values: GiftValues | null;
  readonly calendar: Calendar;
};

/** Puts a course into the cart for somebody else. Posts without scripts too; a refusal keeps what was typed. */
export function GiveForm({ course, values, calendar }: Props) {
  const { state, attempt, form } = useFormAction(giveAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, giveMessages);
  return (
    <Form {...form} className="grid gap-5" noValidate>
      {refusal ? (
        <ErrorSummary key={attempt} title="The gift is not in the cart yet" problems={problems}>
          {general ? <p>{general}</p> : null}
        </ErrorSummary>
      ) : null}
      <input type="hidden" name="course" value={course} />
      <GiftFields values={refusal?.values ?? values ?? {}} problems={problems} calendar={calendar} />
      <SubmitButton variant="primary" size="large" block busyLabel="Adding">
        {values ? "Change the gift" : "Add the gift to the cart"}
      </SubmitButton>
    </Form>
  );
}
