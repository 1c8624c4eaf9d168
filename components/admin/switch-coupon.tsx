"use client";

import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection } from "@/lib/action";
import { switchBatchAction, switchCouponAction } from "@/lib/campaigns/actions";
import type { SwitchBatchRejection, SwitchCouponRejection } from "@/lib/campaigns/schema";
import { commonTexts } from "./common-texts";

const texts = {
  ...commonTexts,
  unknown_coupon: "This code is not there any more.",
  changed_meanwhile: "Somebody else has changed this code. Look at it again, then switch it.",
} satisfies Record<SwitchCouponRejection | CommonRejection, string>;

type CouponProps = { readonly code: string; readonly version: number; readonly isActive: boolean };

/** Switches a code on or off; buyers then hear the same as of a code that does not exist. */
export function SwitchCoupon({ code, version, isActive }: CouponProps) {
  const { state, form } = useFormAction(switchCouponAction);
  return (
    <Form {...form} className="grid gap-1">
      <input type="hidden" name="code" value={code} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="active" value={isActive ? "off" : "on"} />
      <SubmitButton busyLabel="Switching">{isActive ? "Switch off" : "Switch on"}</SubmitButton>
      {state && !state.ok ? <Refusal>{texts[state.error.code]}</Refusal> : null}
    </Form>
  );
}

const batchTexts = {
  ...commonTexts,
  unknown_batch: "This batch is not there any more.",
} satisfies Record<SwitchBatchRejection | CommonRejection, string>;

/** Switches all codes of a batch. */
export function SwitchBatch({ batch, active }: { readonly batch: string; readonly active: boolean }) {
  const { state, form } = useFormAction(switchBatchAction);
  return (
    <Form {...form} className="grid gap-1">
      <input type="hidden" name="batch" value={batch} />
      <input type="hidden" name="active" value={active ? "on" : "off"} />
      <SubmitButton busyLabel="Switching">{active ? "Switch all on" : "Switch all off"}</SubmitButton>
      {state && !state.ok ? <Refusal>{batchTexts[state.error.code]}</Refusal> : null}
    </Form>
  );
}

function Refusal({ children }: { readonly children: string }) {
  return (
    <p role="alert" className="text-xs font-medium text-danger">
      {children}
    </p>
  );
}
