"use client";

import { TicketPercent } from "lucide-react";
import { useEffect, useRef } from "react";
import { Disclosure } from "@/components/ui/accordion";
import { Chip, ChipButton } from "@/components/ui/chip";
import { TextField } from "@/components/ui/field";
import { Form, PostForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SentForm, useFormAction } from "@/components/ui/use-form-action";
import { useHeldFocus } from "@/components/ui/use-held-focus";
import type { ActionState } from "@/lib/action";
import { applyCouponAction, type CouponAnswer, removeCouponAction } from "@/lib/coupons/actions";
import { formatMoney } from "@/lib/money";
import { announce } from "./announcer";

type CouponState = ActionState<CouponAnswer, never>;

type AppliedCoupon = {
  readonly code: string;
  /** "10% off, at most $10.00"; null where the saving says it all. */
  readonly off: string | null;
  readonly savedAmount: number;
  readonly currency: string;
};

/** A code from a link, to be applied; `isWaiting` when this browser keeps it, so that its answer can be had at once. */
export type CouponOffer = { readonly code: string; readonly isWaiting: boolean };

type CouponFormProps = {
  readonly applied: AppliedCoupon | null;
  /** Why the applied code does not count on this cart any more. */
  readonly rejection: string | null;
  readonly offer: CouponOffer;
};

/** "Have a coupon?": collapsed, then a field, then a chip with what it saves. Works without scripts. */
export function CouponForm({ applied, rejection, offer }: CouponFormProps) {
  const { state, send, form } = useFormAction(applyCouponAction);
  useOffer(offer, send);
  const code = applied?.code ?? null;
  const box = useHeldFocus<HTMLDivElement>(code, (found) =>
    found.querySelector<HTMLElement>("form[tabindex], summary"),
  );
  const shown = useRef(code);
  useEffect(() => {
    if (shown.current === code) return;
    announce(code === null ? `Code ${shown.current} removed.` : `Code ${code} applied.`);
    shown.current = code;
  }, [code]);
  const problem = problemOf(state);
  const offered = offer.code === code ? "" : offer.code;
  return (
    <div ref={box} className="space-y-2">
      {applied ? <AppliedChip coupon={applied} rejection={rejection} /> : null}
      {applied && !offered && !problem ? null : <CodeField {...{ state, form, problem, offered }} />}
    </div>
  );
}

/** Asks for the answer to a code that waits, once, so that it either counts or says why not. */
function useOffer({ code, isWaiting }: CouponOffer, send: (form: FormData) => void) {
  const asked = useRef("");
  useEffect(() => {
    if (!isWaiting || asked.current === code) return;
    asked.current = code;
    const form = new FormData();
    form.set("code", code);
    send(form);
  }, [code, isWaiting]);
}

function problemOf(state: CouponState): string | undefined {
  if (state?.ok === false) return "This code could not be sent. Reload the page and try again.";
  return state && !state.value.applied ? state.value.message : undefined;
}

function AppliedChip({
  coupon,
  rejection,
}: {
  readonly coupon: AppliedCoupon;
  readonly rejection: string | null;
}) {
  const saved = formatMoney(coupon.savedAmount, coupon.currency);
  return (
    <div>
      <PostForm
        action={removeCouponAction}
        tabIndex={-1}
        aria-label={`Coupon ${coupon.code}`}
        className="w-fit rounded-md"
      >
        <Chip
          kind="coupon"
          icon={<TicketPercent />}
          action={<ChipButton label={`Remove coupon ${coupon.code}`} />}
        >
          {coupon.code}
        </Chip>
      </PostForm>
      {rejection ? (
        <p role="alert" className="mt-2 text-sm text-danger">
          {rejection} It is not counted; remove it to check out.
        </p>
      ) : (
        <p role="status" className="mt-2 text-xs text-ink-soft">
          {coupon.off ? `${coupon.off}. ` : ""}You save {saved}.
        </p>
      )}
    </div>
  );
}

type CodeFieldProps = {
  readonly state: CouponState;
  readonly form: SentForm;
  readonly problem: string | undefined;
  readonly offered: string;
};

function CodeField({ state, form, problem, offered }: CodeFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const typed = state?.ok ? state.value.typed : state?.error.values?.code;
  useEffect(() => {
    const reason = problemOf(state);
    if (!reason) return;
    announce(reason);
    if (field.current?.form?.contains(document.activeElement)) field.current.focus();
  }, [state]);
  return (
    <Disclosure summary="Have a coupon?" open={offered !== "" || state !== null}>
      <Form {...form} className="flex flex-wrap items-start gap-2 pt-1">
        <div className="min-w-0 flex-1">
          <TextField
            ref={field}
            label="Coupon code"
            hideLabel
            name="code"
            placeholder="Code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
            required
            defaultValue={typed || offered}
            error={problem}
          />
        </div>
        <SubmitButton busyLabel="Checking">Apply</SubmitButton>
      </Form>
    </Disclosure>
  );
}
