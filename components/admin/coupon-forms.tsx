"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { CommonRejection } from "@/lib/action";
import { createBatchAction, createCouponAction } from "@/lib/campaigns/actions";
import type { CreateBatchRejection, CreateCouponRejection, TermsFields } from "@/lib/campaigns/schema";
import type { ExampleCourse } from "@/lib/campaigns/try-on-cart";
import { commonTexts } from "./common-texts";
import { CouponExplanation } from "./coupon-explanation";
import { CouponTermsFields, useDraft } from "./coupon-terms";
import { FormProblems } from "./form-problems";

export const termsTexts = {
  unknown_course: "One of the courses is not there any more. Choose the courses again.",
  other_currency: "The shop’s currency has changed. Open the page again.",
};

const createTexts = {
  ...commonTexts,
  ...termsTexts,
  code_taken: "This code exists already. Choose another, or change the one that is there.",
} satisfies Record<CreateCouponRejection | CommonRejection, string>;

const batchTexts = { ...commonTexts, ...termsTexts } satisfies Record<
  CreateBatchRejection | CommonRejection,
  string
>;

export type CouponFormProps = {
  readonly initial: TermsFields;
  readonly choices: readonly ExampleCourse[];
  readonly now: Date;
};

/** The form and, beside it, what the code would do. */
export function FormAndExplanation({
  form,
  explanation,
}: {
  readonly form: ReactNode;
  readonly explanation: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 xl:grid-cols-[minmax(0,1fr)_20rem] xl:items-start">
      {form}
      {explanation}
    </div>
  );
}

export function NewCouponForm({ initial, choices, now }: CouponFormProps) {
  const draft = useDraft(initial);
  const { state, pending, attempt, form } = useKeptForm(createCouponAction);
  const refusal = state && !state.ok ? state.error : null;
  const problems = refusal?.fields ?? {};
  return (
    <FormAndExplanation
      form={
        <Form {...form} className="grid gap-5">
          {refusal ? (
            <FormProblems
              key={attempt}
              title="The code was not made"
              text={createTexts[refusal.code]}
              fields={refusal.fields}
            />
          ) : null}
          <TextField
            label="Code"
            name="code"
            defaultValue=""
            required
            maxLength={40}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            help="Letters, digits and dashes. It cannot be changed afterwards."
            error={problems.code ?? (refusal?.code === "code_taken" ? createTexts.code_taken : undefined)}
          />
          <CouponTermsFields draft={draft} choices={choices} problems={problems} withLimits />
          <div>
            <Button type="submit" variant="primary" busy={pending} className="max-sm:w-full">
              Make the code
            </Button>
          </div>
        </Form>
      }
      explanation={<CouponExplanation typed={draft.typed} choices={choices} now={now} />}
    />
  );
}

/** `batchId` names the batch to come: sent twice it is one. */
export function BatchForm({
  initial,
  choices,
  now,
  batchId,
}: CouponFormProps & { readonly batchId: string }) {
  const draft = useDraft(initial);
  const { state, pending, attempt, form } = useKeptForm(createBatchAction);
  const refusal = state && !state.ok ? state.error : null;
  const problems = refusal?.fields ?? {};
  return (
    <FormAndExplanation
      form={
        <Form
          {...form}
          unsure="The codes may have been made all the same. Pressed again here, they are made only once."
          className="grid gap-5"
        >
          {refusal ? (
            <FormProblems
              key={attempt}
              title="No codes were made"
              text={batchTexts[refusal.code]}
              fields={refusal.fields}
            />
          ) : null}
          <input type="hidden" name="batch" value={batchId} />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="How many codes"
              name="count"
              defaultValue="100"
              inputMode="numeric"
              autoComplete="off"
              error={problems.count}
            />
            <TextField
              label="They begin with"
              name="prefix"
              defaultValue=""
              maxLength={20}
              autoComplete="off"
              spellCheck={false}
              help="Ten random signs follow. May be empty."
              error={problems.prefix}
            />
          </div>
          <CouponTermsFields draft={draft} choices={choices} problems={problems} withLimits={false} />
          <div>
            <Button type="submit" variant="primary" busy={pending} className="max-sm:w-full">
              Make the codes
            </Button>
          </div>
        </Form>
      }
      explanation={<CouponExplanation typed={{ ...draft.typed, maxUses: "1" }} choices={choices} now={now} />}
    />
  );
}
