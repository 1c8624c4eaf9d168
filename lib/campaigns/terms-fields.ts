import { formatDecimal } from "@/lib/money";
import type { EditableTerms, TermsFields } from "./schema";

/** An empty form. */
export const noTerms = (currency: string): TermsFields => ({
  description: "",
  discountType: "percentage",
  value: "",
  currency,
  maxDiscount: "",
  minPurchase: "",
  maxUses: "",
  maxUsesPerUser: "",
  validFrom: "",
  validUntil: "",
  courseTypes: "",
  courses: "",
});

/** Terms as somebody would have typed them. */
export function fieldsOf(terms: EditableTerms, storeCurrency: string): TermsFields {
  const currency = terms.currency ?? storeCurrency;
  const amount = (value: number | null) => (value === null ? "" : formatDecimal(value, currency));
  const count = (value: number | null) => (value === null ? "" : String(value));
  return {
    description: terms.description,
    discountType: terms.discountType,
    value: terms.discountType === "fixed" ? amount(terms.discountValue) : String(terms.discountValue),
    currency,
    maxDiscount: amount(terms.maxDiscountAmount),
    minPurchase: amount(terms.minPurchaseAmount),
    maxUses: count(terms.maxUses),
    maxUsesPerUser: count(terms.maxUsesPerUser),
    validFrom: moment(terms.validFrom),
    validUntil: moment(terms.validUntil),
    courseTypes: terms.applicableCourseTypes?.join(",") ?? "",
    courses: terms.specificCourseIds?.join(",") ?? "",
  };
}

/** To the second, since a field of a minute would shift an end that was set to the second. */
function moment(at: Date | null): string {
  const text = at?.toISOString() ?? "";
  return text.slice(17, 19) === "00" ? text.slice(0, 16) : text.slice(0, 19);
}
