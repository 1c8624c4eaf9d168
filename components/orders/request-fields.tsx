import type { ComponentProps } from "react";
import { Checkbox, Radio } from "@/components/ui/choice";
import { FieldError } from "@/components/ui/field";
import { Money } from "@/components/ui/money";
import { itemField, REQUEST_CATEGORIES, requestCategories } from "@/lib/refund-requests/schema";
import type { RefundableItem } from "@/lib/refunds/refund-policy";

type Registered = Pick<ComponentProps<"input">, "name" | "onChange" | "onBlur" | "ref">;

type CoursesProps = {
  readonly items: readonly RefundableItem[];
  readonly currency: string;
  readonly register: (name: ReturnType<typeof itemField>) => Registered;
  readonly error: string | undefined;
};

/** The courses that something was paid for and is left of; all of them are chosen at first. */
export function RequestCourses({ items, currency, register, error }: CoursesProps) {
  return (
    <fieldset id="items" aria-describedby={error ? "items-error" : undefined}>
      <legend className="mb-1 text-sm font-medium">Courses you return</legend>
      <ul className="divide-y divide-hairline border-y border-hairline">
        {items.map((item) => (
          <li key={item.id} className="flex items-center justify-between gap-4 text-sm">
            <Checkbox label={item.title} defaultChecked {...register(itemField(item.id))} />
            <Money amount={item.paidAmount - item.heldAmount} currency={currency} />
          </li>
        ))}
      </ul>
      {error ? <FieldError id="items-error">{error}</FieldError> : null}
    </fieldset>
  );
}

type CategoriesProps = {
  readonly legend: string;
  readonly chosen: string | undefined;
  readonly register: () => Registered;
};

/** What the request is about. */
export function RequestCategories({ legend, chosen, register }: CategoriesProps) {
  return (
    <fieldset className="grid">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {requestCategories.map((category) => (
        <Radio
          key={category}
          label={REQUEST_CATEGORIES[category]}
          value={category}
          defaultChecked={chosen === category}
          {...register()}
        />
      ))}
    </fieldset>
  );
}
