import { COURSE_TYPE_NAMES, COURSE_TYPES } from "@/lib/catalog/course-kinds";
import { formatMoment } from "@/lib/format-day";
import type { CourseId } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import type { EditableTerms } from "./schema";

type DiscountTerms = Pick<EditableTerms, "discountType" | "discountValue" | "currency" | "maxDiscountAmount">;

const reduction = ({ discountType, discountValue, currency }: DiscountTerms) =>
  discountType === "fixed" ? `${formatMoney(discountValue, currency ?? "usd")} off` : `${discountValue}% off`;

const cap = ({ maxDiscountAmount, currency }: DiscountTerms) =>
  maxDiscountAmount === null ? "" : `, at most ${formatMoney(maxDiscountAmount, currency ?? "usd")}`;

/** `$20.00 off`, `20% off, at most $50.00` */
export const describeDiscount = (terms: DiscountTerms): string => `${reduction(terms)}${cap(terms)}`;

type Titles = ReadonlyMap<CourseId, string>;

/** What a code does, in sentences: how much, on what, when and how often. */
export function describeTerms(terms: EditableTerms, titles: Titles): string[] {
  return [
    `${reduction(terms)} ${describeScope(terms, titles)}${cap(terms)}.`,
    terms.minPurchaseAmount === null
      ? ""
      : `These must cost at least ${formatMoney(terms.minPurchaseAmount, terms.currency ?? "usd")} together.`,
    describePeriod(terms),
    describeUses(terms),
  ].filter(Boolean);
}

function describeScope({ applicableCourseTypes, specificCourseIds }: EditableTerms, titles: Titles): string {
  const types = COURSE_TYPES.filter((type) => applicableCourseTypes?.includes(type)).map(
    (type) => COURSE_TYPE_NAMES[type],
  );
  const named = specificCourseIds?.map((id) => titles.get(id) ?? "a course that is gone") ?? [];
  if (named.length > 0) {
    const only =
      types.length > 0 ? `, where ${named.length === 1 ? "it is" : "they are"} about ${list(types)}` : "";
    return `${list(named)}${only}`;
  }
  return types.length > 0 ? `courses about ${list(types)}` : "all courses";
}

function describePeriod({ validFrom, validUntil }: EditableTerms): string {
  if (validFrom && validUntil)
    return `It works from ${formatMoment(validFrom)} until ${formatMoment(validUntil)}.`;
  if (validFrom) return `It works from ${formatMoment(validFrom)} on.`;
  return validUntil ? `It works until ${formatMoment(validUntil)}.` : "It works until it is switched off.";
}

function describeUses({ maxUses, maxUsesPerUser }: EditableTerms): string {
  const all = maxUses === null ? "" : maxUses === 1 ? "once in all" : `${maxUses} times in all`;
  const each =
    maxUsesPerUser === null
      ? ""
      : maxUsesPerUser === 1
        ? "once per learner"
        : `${maxUsesPerUser} times per learner`;
  if (!all && !each) return "There is no limit to how often.";
  return `It can be used ${[all, each].filter(Boolean).join(" and ")}.`;
}

const list = (words: readonly string[]) => new Intl.ListFormat("en-US").format(words);
