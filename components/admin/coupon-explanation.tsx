"use client";

import "@/components/ui/zod-without-eval";

import { useState } from "react";
import { SelectField } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Money } from "@/components/ui/money";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { describeTerms } from "@/lib/campaigns/describe-terms";
import { type TermsFields, typedTerms } from "@/lib/campaigns/schema";
import { type ExampleCourse, type TriedCart, tryOnCart } from "@/lib/campaigns/try-on-cart";

type Props = {
  readonly typed: TermsFields;
  readonly choices: readonly ExampleCourse[];
  /** When the page was made; the example is judged as of then. */
  readonly now: Date;
  readonly timesUsed?: number;
  readonly isActive?: boolean;
};

/** What the code, as it is typed, would do: in words, and on a cart that one can change. */
export function CouponExplanation({ typed, choices, now, timesUsed = 0, isActive = true }: Props) {
  const [cart, setCart] = useState<readonly string[]>(() =>
    choices.slice(0, 2).map(({ courseId }) => courseId),
  );
  const read = typedTerms.safeParse(typed);
  const lines = choices.filter(({ courseId }) => cart.includes(courseId));
  return (
    <Panel as="section" aria-labelledby="explanation" className="xl:sticky xl:top-24">
      <PanelHead id="explanation" title="What it does" />
      <PanelBody className="grid gap-5">
        <div aria-live="polite" className="grid gap-5">
          {read.success ? (
            <>
              <ul className="grid gap-1 text-sm text-ink-soft">
                {describeTerms(read.data, new Map(choices.map((one) => [one.courseId, one.title]))).map(
                  (sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ),
                )}
              </ul>
              <ExampleCart
                tried={tryOnCart({ ...read.data, code: "", timesUsed, isActive }, lines, now)}
                currency={lines[0]?.currency ?? typed.currency}
                onRemove={(id) => setCart(cart.filter((one) => one !== id))}
              />
            </>
          ) : (
            <p className="text-sm text-ink-muted">
              {typed.value === ""
                ? "Enter how much the code takes off to see it here."
                : "Some of what is typed makes no sense yet."}
            </p>
          )}
        </div>
        <SelectField
          name="exampleCourse"
          label="Put another course into the example"
          value=""
          onChange={(event) => setCart([...cart, event.target.value])}
        >
          <option value="">Choose a course</option>
          {choices
            .filter(({ courseId }) => !cart.includes(courseId))
            .map(({ courseId, title }) => (
              <option key={courseId} value={courseId}>
                {title}
              </option>
            ))}
        </SelectField>
      </PanelBody>
    </Panel>
  );
}

type CartProps = {
  readonly tried: TriedCart;
  readonly currency: string;
  readonly onRemove: (courseId: string) => void;
};

function ExampleCart({ tried: { priced, refusal, remark }, currency, onRemove }: CartProps) {
  return (
    <div>
      <h3 className="text-sm font-semibold">On this cart</h3>
      {refusal ? <p className="mt-1 text-sm text-danger">The buyer is told: “{refusal}”</p> : null}
      <ul className="mt-2 divide-y divide-hairline border-y border-hairline text-sm">
        {priced.lines.map((line) => (
          <li key={line.courseId} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 py-1">
            <span className="min-w-0 wrap-anywhere">{line.title}</span>
            <Money amount={line.priceAmount} currency={currency} className="text-right" />
            <LinkButton onClick={() => onRemove(line.courseId)} className="justify-self-start text-xs">
              Remove<span className="sr-only"> {line.title} from the example</span>
            </LinkButton>
            {line.discountAmount > 0 ? (
              <Money amount={-line.discountAmount} currency={currency} className="text-right text-accent" />
            ) : (
              <span className="text-xs text-ink-muted">Not touched</span>
            )}
          </li>
        ))}
      </ul>
      <dl className="mt-2 flex justify-between gap-4 text-sm font-semibold">
        <dt>To pay</dt>
        <dd>
          <Money amount={priced.totalAmount} currency={currency} zero="Nothing" />
        </dd>
      </dl>
      {remark ? <p className="mt-1 text-xs text-ink-muted">{remark}</p> : null}
    </div>
  );
}
