"use client";

import { Button } from "@/components/ui/button";
import { Radio } from "@/components/ui/choice";
import { SelectField, TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useKeptForm } from "@/components/ui/use-kept-form";
import { grantSeatAction } from "@/lib/seats/actions";
import type { CourseChoice } from "@/lib/seats/queries";
import { FormProblems } from "./form-problems";
import { grantTexts } from "./grant-texts";

type Props = { readonly courses: readonly CourseChoice[]; readonly email: string };

/** Gives one learner a seat in one course. */
export function GrantForm({ courses, email }: Props) {
  const { state, pending, attempt, form } = useKeptForm(grantSeatAction);
  const refusal = state && !state.ok ? state.error : null;
  const problems = refusal?.fields ?? {};
  return (
    <Form
      {...form}
      unsure="The seat may have been given all the same. Pressed again, nobody gets a second one."
      className="grid max-w-form gap-5"
    >
      {refusal ? (
        <FormProblems
          key={attempt}
          title="Nobody got a seat"
          text={grantTexts[refusal.code]}
          fields={refusal.fields}
        />
      ) : null}
      <TextField
        label="E-mail address of the learner"
        name="email"
        type="email"
        defaultValue={email}
        autoComplete="off"
        error={
          problems.email ?? (refusal?.code === "unknown_learner" ? grantTexts.unknown_learner : undefined)
        }
      />
      <SelectField label="Course" name="course" defaultValue="" error={problems.course}>
        <option value="">Choose a course</option>
        {courses.map(({ slug, title }) => (
          <option key={slug} value={slug}>
            {title}
          </option>
        ))}
      </SelectField>
      <fieldset>
        <legend className="text-sm font-medium">Kind</legend>
        <div className="flex flex-wrap gap-x-6">
          <Radio name="type" value="gifted" label="Gifted" defaultChecked />
          <Radio name="type" value="free" label="Free" />
        </div>
      </fieldset>
      <TextField
        label="Last day"
        name="until"
        type="date"
        autoComplete="off"
        help="Access ends when this day is over in UTC. Empty for no end."
        error={
          problems.until ?? (refusal?.code === "ends_in_the_past" ? grantTexts.ends_in_the_past : undefined)
        }
      />
      <TextField
        label="Why"
        name="reason"
        autoComplete="off"
        maxLength={500}
        help="For the audit log; may be empty."
        error={problems.reason}
      />
      <p className="text-sm text-ink-soft">
        The learner can read the course at once and gets a mail that says so, unless they were welcomed to it
        before.
      </p>
      <div>
        <Button type="submit" variant="primary" busy={pending} className="max-sm:w-full">
          Give the seat
        </Button>
      </div>
    </Form>
  );
}
