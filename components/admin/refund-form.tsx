"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Radio } from "@/components/ui/choice";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SelectField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { showToast } from "@/components/ui/toast";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { ActionState } from "@/lib/action";
import { refundSaleAction } from "@/lib/desk/actions";
import { needsPassword, type RefundedSale, type SaleRefundRejection } from "@/lib/desk/refund-limit";
import type { OrderItemId } from "@/lib/ids";
import { describeAmount, formatMoney, readAmount } from "@/lib/money";
import { describeRefundRejection } from "@/lib/refunds/describe-rejection";
import { planRefund, type RefundableOrder } from "@/lib/refunds/refund-policy";
import type { RefundScope } from "@/lib/refunds/schema";
import { RefundAmount, RefundCourses } from "./refund-choices";
import { RefundEffects } from "./refund-effects";
import { refundMessages, unsureRefund } from "./refund-messages";

export type RefundSubject = {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly buyerName: string;
  readonly buyerEmail: string;
  /** "Visa ending 4242", or null. */
  readonly method: string | null;
  readonly order: RefundableOrder;
};

type Kind = RefundScope["kind"];
type Props = { readonly subject: RefundSubject; readonly onClose: () => void };

/**
 * What goes back, and what happens then: computed here by the shop's own rule as one chooses. The server computes it again
 * and does nothing when the amount differs from the one shown.
 */
export function RefundForm({ subject, onClose }: Props) {
  const { order } = subject;
  const [refundId] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<Kind>("whole");
  const [itemIds, setItemIds] = useState<readonly OrderItemId[]>([]);
  const [typed, setTyped] = useState("");
  const { state, pending, attempt, form } = useKeptForm(refundSaleAction);
  useClosing(state, onClose);
  const scope = scopeOf(kind, itemIds, typed, order.currency);
  const plan = scope ? planRefund(order, scope) : null;
  const amount = plan?.ok ? plan.value.amount : null;
  const refusal = state && !state.ok ? state.error : null;
  const asksPassword = amount !== null && needsPassword(amount, order.currency);
  return (
    <Form {...form} unsure={unsureRefund} className="grid gap-4">
      {refusal ? (
        <ErrorSummary key={attempt} title="Nothing was given back">
          <p>{refundMessages[refusal.code]}</p>
        </ErrorSummary>
      ) : null}
      <input type="hidden" name="order" value={subject.orderId} />
      <input type="hidden" name="refund" value={refundId} />
      <input type="hidden" name="items" value={itemIds.join(",")} />
      <input type="hidden" name="amount" value={amount ?? ""} />
      <KindChoice order={order} kind={kind} onChange={setKind} />
      {kind === "items" ? <RefundCourses order={order} chosen={itemIds} onChange={setItemIds} /> : null}
      {kind === "amount" ? (
        <RefundAmount
          order={order}
          typed={typed}
          onChange={setTyped}
          error={
            plan && !plan.ok
              ? describeRefundRejection(plan.error)
              : typed.trim() !== "" && scope === null
                ? describeAmount(order.currency)
                : undefined
          }
        />
      ) : null}
      <SelectField label="Reason" name="reason" defaultValue="requested_by_customer">
        <option value="requested_by_customer">The customer asked for it</option>
        <option value="duplicate">Paid twice</option>
        <option value="fraudulent">Fraud</option>
      </SelectField>
      {plan?.ok ? <RefundEffects plan={plan.value} subject={subject} /> : null}
      {asksPassword ? (
        <PasswordField
          label="Your password"
          help="Asked again for refunds of more than 100."
          autoComplete="current-password"
          required
        />
      ) : null}
      <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end">
        <Button onClick={onClose}>Keep the order as it is</Button>
        <Button
          type="submit"
          variant="danger"
          busy={pending}
          busyLabel="Asking Stripe"
          disabled={amount === null}
        >
          {amount === null ? "Refund" : `Refund ${formatMoney(amount, order.currency)}`}
        </Button>
      </div>
    </Form>
  );
}

function KindChoice({
  order,
  kind,
  onChange,
}: {
  readonly order: RefundableOrder;
  readonly kind: Kind;
  readonly onChange: (kind: Kind) => void;
}) {
  const left = formatMoney(order.totalAmount - order.heldAmount, order.currency);
  const choices: readonly (readonly [Kind, string])[] = [
    ["whole", order.heldAmount === 0 ? `All of it, ${left}` : `All that is left, ${left}`],
    ["items", "Some courses"],
    ["amount", "An amount"],
  ];
  return (
    <fieldset className="grid">
      <legend className="mb-1 text-sm font-medium">What goes back</legend>
      {choices.map(([value, label]) => (
        <Radio
          key={value}
          name="kind"
          value={value}
          label={label}
          checked={kind === value}
          onChange={() => onChange(value)}
        />
      ))}
    </fieldset>
  );
}

function scopeOf(
  kind: Kind,
  itemIds: readonly OrderItemId[],
  typed: string,
  currency: string,
): RefundScope | null {
  if (kind === "whole") return { kind };
  if (kind === "items") return itemIds.length > 0 ? { kind, itemIds: [...itemIds] } : null;
  const amount = readAmount(typed, currency);
  return amount === null ? null : { kind, amount };
}

/** Closes the dialog once, when the money is on its way. */
function useClosing(state: ActionState<RefundedSale, SaleRefundRejection>, onClose: () => void) {
  const closed = useRef(false);
  useEffect(() => {
    if (!state?.ok || closed.current) return;
    closed.current = true;
    const { amount, currency, status } = state.value;
    const money = formatMoney(amount, currency);
    showToast({ message: status === "succeeded" ? `${money} went back.` : `${money} is on its way back.` });
    onClose();
  }, [state, onClose]);
}
