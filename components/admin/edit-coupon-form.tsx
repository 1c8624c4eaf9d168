"use client";

import "@/components/ui/zod-without-eval";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { showToast } from "@/components/ui/toast";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { CommonRejection } from "@/lib/action";
import { editCouponAction } from "@/lib/campaigns/actions";
import { describeTerms } from "@/lib/campaigns/describe-terms";
import { type EditCouponRejection, type TermsFields, typedTerms } from "@/lib/campaigns/schema";
import type { ExampleCourse } from "@/lib/campaigns/try-on-cart";
import { commonTexts } from "./common-texts";
import { CouponExplanation } from "./coupon-explanation";
import { type CouponFormProps, FormAndExplanation, termsTexts } from "./coupon-forms";
import { CouponTermsFields, useDraft } from "./coupon-terms";
import { FormProblems } from "./form-problems";
import { useAnswer, useEditing } from "./use-editing";

type Props = CouponFormProps & {
  readonly code: string;
  /** What is saved now; after a conflict the page brings the newer one while the form keeps what was typed. */
  readonly version: number;
  readonly timesUsed: number;
  readonly isActive: boolean;
};

const texts = {
  ...commonTexts,
  ...termsTexts,
  unknown_coupon: "This code is not there any more.",
  changed_meanwhile: "Somebody else has changed this code in the meantime. Nothing of yours was saved yet.",
  below_used:
    "The code was used more often than that already. Allow at least as many uses, or switch it off.",
} satisfies Record<EditCouponRejection | CommonRejection, string>;

const followed =
  "Somebody else has changed this code in the meantime. Saving yours undoes nothing of theirs: save it again.";

/** Changes a code; who was overtaken by somebody else sees both and decides. */
export function EditCouponForm({ initial, choices, now, code, version, timesUsed, isActive }: Props) {
  const draft = useDraft(initial);
  const editing = useEditing(initial, version);
  const { state, pending, attempt, form } = useKeptForm(editCouponAction);
  const refusal = state && !state.ok ? state.error : null;
  useAnswer(state, (answer) => {
    if (!answer?.ok) return;
    editing.noteSaved(answer.value.version);
    showToast({ message: `${code} is saved.` });
  });
  const isConflict = refusal?.code === "changed_meanwhile";
  const problems = refusal?.fields ?? {};
  return (
    <FormAndExplanation
      form={
        <form
          ref={editing.ref}
          {...form}
          onSubmit={(event) => {
            editing.noteSent();
            form.onSubmit(event);
          }}
          className="grid gap-5"
        >
          {editing.isOvertaken ? (
            <Overtaken
              saved={initial}
              choices={choices}
              onTake={() => {
                draft.set(initial);
                editing.take();
              }}
              onKeep={editing.keep}
            />
          ) : refusal && (!isConflict || editing.hasFollowed) ? (
            <FormProblems
              key={attempt}
              title="The code was not changed"
              text={isConflict ? followed : texts[refusal.code]}
              fields={refusal.fields}
            />
          ) : null}
          <input type="hidden" name="code" value={code} />
          <input type="hidden" name="version" value={editing.version} />
          <CouponTermsFields
            draft={draft}
            choices={choices}
            problems={refusal?.code === "below_used" ? { maxUses: texts.below_used } : problems}
            withLimits
          />
          <div>
            <Button type="submit" variant="primary" busy={pending} className="max-sm:w-full">
              Save
            </Button>
          </div>
        </form>
      }
      explanation={
        <CouponExplanation
          typed={draft.typed}
          choices={choices}
          now={now}
          timesUsed={timesUsed}
          isActive={isActive}
        />
      }
    />
  );
}

type OvertakenProps = {
  readonly saved: TermsFields;
  readonly choices: readonly ExampleCourse[];
  readonly onTake: () => void;
  readonly onKeep: () => void;
};

function Overtaken({ saved, choices, onTake, onKeep }: OvertakenProps) {
  const read = typedTerms.safeParse(saved);
  const titles = new Map(choices.map((one) => [one.courseId, one.title]));
  return (
    <Notice tone="warning" role="alert" title={texts.changed_meanwhile}>
      <p>What you typed is still below. Saved now:</p>
      <ul className="list-disc pl-5">
        {(read.success ? describeTerms(read.data, titles) : []).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {saved.description ? <li>For: {saved.description}</li> : null}
      </ul>
      <div className="flex flex-wrap gap-2 pt-2">
        <Button onClick={onTake}>Take what is saved</Button>
        <Button onClick={onKeep}>Keep mine, to save it over theirs</Button>
      </div>
    </Notice>
  );
}
