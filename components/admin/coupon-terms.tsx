"use client";

import { type ReactNode, useState } from "react";
import { Chip, ChipButton } from "@/components/ui/chip";
import { Checkbox, Radio } from "@/components/ui/choice";
import { FieldError, SelectField, TextField } from "@/components/ui/field";
import type { TermsFields } from "@/lib/campaigns/schema";
import type { ExampleCourse } from "@/lib/campaigns/try-on-cart";
import { COURSE_TYPE_NAMES, COURSE_TYPES } from "@/lib/catalog/course-kinds";

export type Draft = {
  readonly typed: TermsFields;
  readonly set: (changes: Partial<TermsFields>) => void;
};

/** What is typed into the form of a code; the explanation beside it reads along. */
export function useDraft(initial: TermsFields): Draft {
  const [typed, setTyped] = useState(initial);
  return { typed, set: (changes) => setTyped((before) => ({ ...before, ...changes })) };
}

type Props = {
  readonly draft: Draft;
  readonly choices: readonly ExampleCourse[];
  readonly problems: Readonly<Record<string, string>>;
  /** Codes of a batch work once each: there is nothing to limit. */
  readonly withLimits: boolean;
};

/** Everything about a code but the code: how much, on what, when, how often. */
export function CouponTermsFields({ draft, choices, problems, withLimits }: Props) {
  const { typed, set } = draft;
  const text = (name: keyof TermsFields) => ({
    name,
    value: typed[name],
    error: problems[name],
    autoComplete: "off",
    onChange: (event: { readonly target: { readonly value: string } }) => set({ [name]: event.target.value }),
  });
  const currency = typed.currency.toUpperCase();
  const isFixed = typed.discountType === "fixed";
  return (
    <>
      <input type="hidden" name="currency" value={typed.currency} />
      <TextField label="What it is for" help="For staff; buyers do not see it." {...text("description")} />
      <Group legend="How much">
        <div className="flex flex-wrap gap-x-6">
          {(["percentage", "fixed"] as const).map((kind) => (
            <Radio
              key={kind}
              name="discountType"
              value={kind}
              label={kind === "percentage" ? "A percentage" : "An amount"}
              checked={typed.discountType === kind}
              onChange={() => set({ discountType: kind })}
            />
          ))}
        </div>
        <Pair>
          <TextField
            label={isFixed ? `Amount off, in ${currency}` : "Percentage off"}
            inputMode="decimal"
            {...text("value")}
          />
          {isFixed ? (
            <input type="hidden" name="maxDiscount" value="" />
          ) : (
            <TextField label={`At most, in ${currency}`} inputMode="decimal" {...text("maxDiscount")} />
          )}
        </Pair>
      </Group>
      <Group legend="On what">
        <TypeChoice draft={draft} error={problems.courseTypes} />
        <CourseChoice draft={draft} choices={choices} error={problems.courses} />
        <TextField
          label={`Only if these cost at least, in ${currency}`}
          inputMode="decimal"
          {...text("minPurchase")}
        />
      </Group>
      <Group legend="When">
        <Pair>
          <TextField label="From, in UTC" type="datetime-local" step={1} {...text("validFrom")} />
          <TextField label="Until, in UTC" type="datetime-local" step={1} {...text("validUntil")} />
        </Pair>
      </Group>
      {withLimits ? (
        <Group legend="How often">
          <Pair>
            <TextField
              label="Uses in all"
              inputMode="numeric"
              help="Empty for no limit."
              {...text("maxUses")}
            />
            <TextField
              label="Uses per learner"
              inputMode="numeric"
              help="Empty for no limit."
              {...text("maxUsesPerUser")}
            />
          </Pair>
        </Group>
      ) : (
        <>
          <input type="hidden" name="maxUses" value="1" />
          <input type="hidden" name="maxUsesPerUser" value="" />
        </>
      )}
    </>
  );
}

function Group({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset className="border-t border-hairline pt-4">
      <legend className="float-left font-serif text-lg">{legend}</legend>
      <div className="clear-both grid gap-4 pt-3">{children}</div>
    </fieldset>
  );
}

function Pair({ children }: { readonly children: ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2">{children}</div>;
}

const split = (list: string) => list.split(",").filter(Boolean);

function TypeChoice({ draft: { typed, set }, error }: { readonly draft: Draft; readonly error?: string }) {
  const chosen = split(typed.courseTypes);
  return (
    <fieldset>
      <legend className="text-sm font-medium">Only courses about</legend>
      <input type="hidden" name="courseTypes" value={typed.courseTypes} />
      <div className="flex flex-wrap gap-x-6">
        {COURSE_TYPES.map((type) => (
          <Checkbox
            key={type}
            label={COURSE_TYPE_NAMES[type]}
            checked={chosen.includes(type)}
            onChange={(event) =>
              set({
                courseTypes: COURSE_TYPES.filter((one) =>
                  one === type ? event.target.checked : chosen.includes(one),
                ).join(","),
              })
            }
          />
        ))}
      </div>
      {error ? <FieldError>{error}</FieldError> : null}
    </fieldset>
  );
}

type CourseChoiceProps = {
  readonly draft: Draft;
  readonly choices: readonly ExampleCourse[];
  readonly error: string | undefined;
};

function CourseChoice({ draft: { typed, set }, choices, error }: CourseChoiceProps) {
  const chosen = split(typed.courses);
  const titleOf = (id: string) =>
    choices.find((one) => one.courseId === id)?.title ?? "A course that is gone";
  return (
    <div className="grid gap-3">
      <input type="hidden" name="courses" value={typed.courses} />
      <SelectField
        // Not sent: the hidden field above is.
        name="courseToAdd"
        id="courses"
        label="Only these courses"
        help="Choose one after the other; none means all."
        error={error}
        value=""
        onChange={(event) => set({ courses: [...chosen, event.target.value].join(",") })}
      >
        <option value="">Add a course</option>
        {choices
          .filter(({ courseId }) => !chosen.includes(courseId))
          .map(({ courseId, title }) => (
            <option key={courseId} value={courseId}>
              {title}
            </option>
          ))}
      </SelectField>
      {chosen.length > 0 ? (
        <ul aria-label="Chosen courses" className="flex flex-wrap gap-2">
          {chosen.map((id) => (
            <li key={id}>
              <Chip
                action={
                  <ChipButton
                    label={`Remove ${titleOf(id)}`}
                    onClick={() => set({ courses: chosen.filter((one) => one !== id).join(",") })}
                  />
                }
              >
                {titleOf(id)}
              </Chip>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
