import { Checkbox } from "@/components/ui/choice";
import { TextField } from "@/components/ui/field";
import { Money } from "@/components/ui/money";
import type { OrderItemId } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import type { RefundableOrder } from "@/lib/refunds/refund-policy";

type CoursesProps = {
  readonly order: RefundableOrder;
  readonly chosen: readonly OrderItemId[];
  readonly onChange: (chosen: readonly OrderItemId[]) => void;
};

/** Which courses go back; those with nothing left cannot be chosen. */
export function RefundCourses({ order, chosen, onChange }: CoursesProps) {
  const toggle = (id: OrderItemId) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Courses to refund</legend>
      <ul className="divide-y divide-hairline">
        {order.items.map((item) => {
          const left = item.paidAmount - item.heldAmount;
          return (
            <li key={item.id} className="flex items-center justify-between gap-4 text-sm">
              <Checkbox
                label={item.title}
                checked={chosen.includes(item.id)}
                disabled={left === 0}
                onChange={() => toggle(item.id)}
              />
              {left === 0 ? (
                <span className="text-right text-ink-muted">
                  {item.paidAmount === 0 ? "Cost nothing" : "Given back"}
                </span>
              ) : (
                <Money amount={left} currency={order.currency} />
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

type AmountProps = {
  readonly order: RefundableOrder;
  readonly typed: string;
  readonly onChange: (typed: string) => void;
  readonly error: string | undefined;
};

/** Any amount up to what is left; it is spread over the courses by what is left of each. */
export function RefundAmount({ order, typed, onChange, error }: AmountProps) {
  const left = formatMoney(order.totalAmount - order.heldAmount, order.currency);
  return (
    <TextField
      label={`Amount in ${order.currency.toUpperCase()}`}
      name="typedAmount"
      inputMode="decimal"
      autoComplete="off"
      value={typed}
      onChange={(event) => onChange(event.target.value)}
      help={`At most ${left}. It is spread over the courses by what is left of each.`}
      error={error}
    />
  );
}
