"use client";

import { problemsOf } from "@/components/identity/rejections";
import { Disclosure } from "@/components/ui/accordion";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { changeGiftAction, sendGiftAgainAction } from "@/lib/gifts/actions";
import { type Calendar, GiftFields, type GiftValues } from "./gift-fields";
import { changeMessages, sendMessages } from "./messages";

/** Sends a fresh link to the address there is. */
export function SendAgain({ gift, title }: { readonly gift: string; readonly title: string }) {
  const { state, form } = useFormAction(sendGiftAgainAction);
  const refusal = state && !state.ok ? state.error : null;
  return (
    <Form {...form}>
      <input type="hidden" name="gift" value={gift} />
      <LinkButton type="submit">
        Send it again<VisuallyHidden> {title}</VisuallyHidden>
      </LinkButton>
      <p role="status" className="text-sm empty:hidden">
        {state?.ok ? "A fresh link is on its way. The one before no longer works." : null}
        {refusal ? problemsOf(refusal, sendMessages).general : null}
      </p>
    </Form>
  );
}

type ChangeProps = {
  readonly gift: string;
  readonly title: string;
  readonly values: GiftValues;
  /** Null once it was sent. */
  readonly calendar: Calendar | null;
};

/** Another address, other words, another day. */
export function ChangeGift({ gift, title, values, calendar }: ChangeProps) {
  const { state, attempt, form } = useFormAction(changeGiftAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, changeMessages);
  const prefix = `${gift}-`;
  return (
    <>
      <p role="status" className="text-sm empty:hidden">
        {state?.ok ? "The gift is changed." : null}
      </p>
      <Disclosure
        open={refusal !== null}
        summary={
          <span>
            {calendar ? "Change address, words or day" : "Send it to another address"}
            <VisuallyHidden> {title}</VisuallyHidden>
          </span>
        }
      >
        <Form {...form} className="mt-2 grid max-w-form gap-5 pb-3" noValidate>
          {refusal ? (
            <ErrorSummary
              key={attempt}
              title="Nothing was changed"
              problems={problems.map(({ field, message }) => ({ field: `${prefix}${field}`, message }))}
            >
              {general ? <p>{general}</p> : null}
            </ErrorSummary>
          ) : null}
          <input type="hidden" name="gift" value={gift} />
          <GiftFields
            prefix={prefix}
            values={refusal?.values ?? values}
            problems={problems}
            calendar={calendar}
          />
          <div>
            <SubmitButton busyLabel={calendar ? "Changing it" : "Sending it"}>
              {calendar ? "Change the gift" : "Send a fresh link"}
            </SubmitButton>
          </div>
        </Form>
      </Disclosure>
    </>
  );
}
