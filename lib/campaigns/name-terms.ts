import { formatMoney } from "@/lib/money";
import { describeDiscount } from "./describe-terms";
import type { EditableTerms } from "./schema";

type NamedTerms = Readonly<Record<string, string | number | null | readonly string[]>>;

/** Terms as the audit log writes them. */
export function nameTerms(terms: EditableTerms): NamedTerms {
  return {
    discount: describeDiscount(terms),
    description: terms.description,
    minimum:
      terms.minPurchaseAmount === null ? null : formatMoney(terms.minPurchaseAmount, terms.currency ?? "usd"),
    uses: terms.maxUses,
    usesPerLearner: terms.maxUsesPerUser,
    from: terms.validFrom?.toISOString() ?? null,
    until: terms.validUntil?.toISOString() ?? null,
    courseTypes: terms.applicableCourseTypes ?? [],
    courses: terms.specificCourseIds ?? [],
  };
}

/** Only what differs, before and after; null when nothing does. */
export function compareTerms(
  before: EditableTerms,
  after: EditableTerms,
): { readonly before: NamedTerms; readonly after: NamedTerms } | null {
  const [was, is] = [nameTerms(before), nameTerms(after)];
  const changed = Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  if (changed.length === 0) return null;
  const only = (named: NamedTerms) => Object.fromEntries(changed.map((name) => [name, named[name] ?? null]));
  return { before: only(was), after: only(is) };
}
