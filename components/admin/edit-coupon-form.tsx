"use client";

import "@/components/ui/zod-without-eval";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { CommonRejection } from "@/lib/action";
import { editCouponAction } from "@/lib/campaigns/actions";
import { describeTerms } from "@/lib/campaigns/describe-terms";
import { type EditCouponRejection, type TermsFields, typedTerms } from "@/lib/campaigns/schema";
import type { ExampleCourse } from "@/lib/campaigns/try-on-cart";
import { commonTexts } from "./common-texts";
import { CouponExplanation } from "./coupon-explanation";
import { type CouponFormProps, FormAndExplanation, termsTexts } from "./coupon-forms";
import { CouponTermsFields, useDraft } from "./coupon-terms";
import { type ConflictWays, EditForm } from "./edit-form";

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
  changed_meanwhile:
    "Somebody else has changed this code in the meantime. Saving yours undoes nothing of theirs: save it again.",
  below_used:
    "The code was used more often than that already. Allow at least as many uses, or switch it off.",
} satisfies Record<EditCouponRejection | CommonRejection, string>;

/** Changes a code; who was overtaken by somebody else sees what the code would do by now and decides. */
export function EditCouponForm({ initial, choices, now, code, version, timesUsed, isActive }: Props) {
  const draft = useDraft(initial);
  return (
    <FormAndExplanation
      form={
        <EditForm
          action={editCouponAction}
          about={{ code }}
          version={["version", version]}
          versionAfter={(value) => value.version}
          saved={initial}
          texts={texts}
          failed="The code was not changed"
          done={`${code} is saved.`}
          conflict={({ onTake, onKeep }) => (
            <Overtaken
              saved={initial}
              choices={choices}
              onTake={() => {
                draft.set(initial);
                onTake();
              }}
              onKeep={onKeep}
            />
          )}
        >
          {(_, refusal) => (
            <CouponTermsFields
              draft={draft}
              choices={choices}
              problems={
                refusal?.code === "below_used" ? { maxUses: texts.below_used } : (refusal?.fields ?? {})
              }
              withLimits
            />
          )}
        </EditForm>
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

type OvertakenProps = ConflictWays & {
  readonly saved: TermsFields;
  readonly choices: readonly ExampleCourse[];
};

function Overtaken({ saved, choices, onTake, onKeep }: OvertakenProps) {
  const read = typedTerms.safeParse(saved);
  const titles = new Map(choices.map((one) => [one.courseId, one.title]));
  return (
    <Notice tone="warning" role="alert" title="Somebody else has changed this code in the meantime">
      <p>Nothing of yours was saved yet; what you typed is still below. Saved now:</p>
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
