"use client";

import { TicketPercent } from "lucide-react";
import { useActionState } from "react";
import { Disclosure } from "@/components/ui/accordion";
import { Chip, ChipButton } from "@/components/ui/chip";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ActionState } from "@/lib/action";
import { applyCouponAction, type CouponAnswer, removeCouponAction } from "@/lib/coupons/actions";
import { formatMoney } from "@/lib/money";

type CouponState = ActionState<CouponAnswer, never>;

type AppliedCoupon = {
  readonly code: string;
  readonly percentage: number | null;
  readonly savedAmount: number;
  readonly currency: string;
};

type CouponFormProps = {
  readonly applied: AppliedCoupon | null;
  /** Why the applied code does not count on this cart any more. */
  readonly rejection: string | null;
  /** A code from a link, waiting to be applied. */
  readonly offered: string;
};

/** "Have a coupon?": collapsed, then a field, then a chip with what it saves. Works without scripts. */
export function CouponForm({ applied, rejection, offered }: CouponFormProps) {
  return applied ? <AppliedChip coupon={applied} rejection={rejection} /> : <CodeField offered={offered} />;
}

function AppliedChip({
  coupon,
  rejection,
}: {
  readonly coupon: AppliedCoupon;
  readonly rejection: string | null;
}) {
  const [, remove] = useActionState<CouponState, FormData>(removeCouponAction, null);
  const saved = formatMoney(coupon.savedAmount, coupon.currency);
  const off = coupon.percentage === null ? "" : `${coupon.percentage}% off. `;
  return (
    <div>
      <form action={remove}>
        <Chip
          kind="coupon"
          icon={<TicketPercent />}
          action={<ChipButton label={`Remove coupon ${coupon.code}`} />}
        >
          {coupon.code}
        </Chip>
      </form>
      {rejection ? (
        <p role="alert" className="mt-2 text-sm text-danger">
          {rejection} It is not counted; remove it to check out.
        </p>
      ) : (
        <p role="status" className="mt-2 text-xs text-ink-soft">
          {off}You save {saved}.
        </p>
      )}
    </div>
  );
}

function CodeField({ offered }: { readonly offered: string }) {
  const [state, apply] = useActionState<CouponState, FormData>(applyCouponAction, null);
  const problem = state?.ok && !state.value.applied ? state.value.message : undefined;
  const typed = state?.ok ? state.value.typed : state?.error.values?.code;
  const failed =
    state?.ok === false ? "This code could not be sent. Reload the page and try again." : undefined;
  return (
    <Disclosure summary="Have a coupon?" open={offered !== "" || state !== null}>
      <form action={apply} className="flex items-start gap-2 pt-1">
        <div className="min-w-0 flex-1">
          <TextField
            label="Coupon code"
            hideLabel
            name="code"
            placeholder="Code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
            required
            key={typed}
            defaultValue={typed ?? offered}
            error={problem ?? failed}
          />
        </div>
        <SubmitButton busyLabel="Checking">Apply</SubmitButton>
      </form>
    </Disclosure>
  );
}
