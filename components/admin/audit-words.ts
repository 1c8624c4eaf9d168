import { namePeriod, PRESET_NAMES } from "@/lib/analytics/period";
import { DIMENSION_NAMES } from "@/lib/analytics/schema";
import type { AuditNames, AuditRow, AuditValue } from "@/lib/audit/queries";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { formatDay } from "@/lib/format-day";
import { formatMoney } from "@/lib/money";
import { REQUEST_CATEGORIES } from "@/lib/refund-requests/schema";
import { nameAlert } from "./alert-table";
import { COUPON_STATE_NAMES } from "./coupon-state-badge";
import { COURSE_STATUS_NAMES, FIELD_NAMES } from "./course-names";
import { EVENT_STATE_NAMES } from "./payment-badges";
import { ROLE_NAMES } from "./person-badges";
import { REASON_NAMES } from "./sale-records";
import { SEAT_TYPE_NAMES } from "./seat-state-badge";
import { STATUS_NAMES } from "./status-names";

/** Words, with the page that they lead to, or a moment to be shown in the reader's zone. */
export type Said = { readonly text: string; readonly href?: string } | { readonly at: string };

/** `was` is null where nothing was before or it is not told; `is` where only what was before is told. */
export type ChangeLine = {
  readonly name: string;
  readonly was: readonly Said[] | null;
  readonly is: readonly Said[] | null;
};

export const ERASED_PERSON = "An erased person";

type Words = Readonly<Record<string, string>>;
type Entry = Pick<AuditRow, "action" | "subjectType" | "subjectId" | "subjectLabel" | "detail">;

/** In the order in which they are told. */
const NAMES: Words = {
  learner: "Learner",
  discount: "Discount",
  ...FIELD_NAMES,
  active: "The code",
  minimum: "Only from",
  uses: "Uses in all",
  usesPerLearner: "Uses per learner",
  courseTypes: "Kinds of courses",
  codes: "Codes",
  prefix: "They begin with",
  from: "From",
  until: "Until",
  type: "Kind of seat",
  event: "What Stripe told",
  hours: "Looked back",
  filter: "Which",
  moved: "Moved",
  sessions: "Sessions ended",
  revision: "Text no.",
};

const CODES: Readonly<Record<string, Words>> = {
  role: ROLE_NAMES,
  status: COURSE_STATUS_NAMES,
  level: COURSE_LEVEL_NAMES,
  courseType: COURSE_TYPE_NAMES,
  courseTypes: COURSE_TYPE_NAMES,
  type: SEAT_TYPE_NAMES,
  state: { ...EVENT_STATE_NAMES, received: EVENT_STATE_NAMES.failing },
  outcome: { ...EVENT_STATE_NAMES, failed: EVENT_STATE_NAMES.failing },
};

/** What an empty value means, where that is more than nothing. */
const EMPTY: Words = {
  uses: "no limit",
  usesPerLearner: "no limit",
  from: "at once",
  until: "no end",
  minimum: "any amount",
  courses: "all courses",
  courseTypes: "all kinds",
};

/** Ids that only the database needs. */
const UNTOLD = new Set(["note"]);

const isEmpty = (value: AuditValue | undefined) =>
  value === null || value === undefined || value === "" || (typeof value === "object" && value.length === 0);

/** What an entry tells, in words: only what differs, and of what is new only what is there. */
export function describeDetail(entry: Entry, names: AuditNames): ChangeLine[] {
  const { before = {}, after = {}, reason } = entry.detail;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !UNTOLD.has(key))
    .sort((one, other) => placeOf(one) - placeOf(other));
  const lines = keys.flatMap((key): ChangeLine[] => {
    const [was, is] = [before[key], after[key]];
    if (JSON.stringify(was ?? null) === JSON.stringify(is ?? null)) return [];
    const name = NAMES[key] ?? wordsOf(key);
    const say = (value: AuditValue | undefined) => sayValue(key, value, entry, names);
    if (!Object.hasOwn(after, key)) return [{ name, was: say(was), is: null }];
    if (!Object.hasOwn(before, key)) return isEmpty(is) ? [] : [{ name, was: null, is: say(is) }];
    return [{ name, was: say(was), is: say(is) }];
  });
  return reason
    ? [...lines, { name: "Reason", was: null, is: [{ text: sayReason(entry.action, reason) }] }]
    : lines;
}

const ORDER = Object.keys(NAMES);
/** Postgres keeps the keys of JSON by their length. */
const placeOf = (key: string) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);

function sayReason(action: AuditRow["action"], reason: string): string {
  const words: Words =
    action === "order.refunded"
      ? REASON_NAMES
      : action.startsWith("refund_request.")
        ? REQUEST_CATEGORIES
        : {};
  return words[reason] ?? reason;
}

const INSTANT = /^\d{4,}-\d{2}-\d{2}T[\d:.]+Z$/;

function sayValue(key: string, value: AuditValue | undefined, entry: Entry, names: AuditNames): Said[] {
  if (value === null || value === undefined || isEmpty(value)) return [{ text: EMPTY[key] ?? "nothing" }];
  if (typeof value === "object") return value.map((one) => sayText(key, one, entry, names));
  if (typeof value === "boolean")
    return [{ text: key === "active" ? (value ? "on" : "off") : value ? "yes" : "no" }];
  if (typeof value === "number") return [{ text: sayNumber(key, value, entry, names) }];
  return [sayText(key, value, entry, names)];
}

function sayNumber(key: string, value: number, { subjectId }: Entry, names: AuditNames): string {
  const currency = names.get(subjectId)?.course?.currency;
  if (key.endsWith("Amount") && currency) return formatMoney(value, currency);
  return key === "hours" ? `${value} hours` : value.toLocaleString("en-US");
}

function sayText(key: string, text: string, entry: Entry, names: AuditNames): Said {
  if (INSTANT.test(text)) return { at: text };
  if (key === "learner")
    return { text: names.get(text)?.name ?? ERASED_PERSON, href: `/admin/users/${text}` };
  if (key === "request") return { text: "open it", href: `/admin/refund-requests/${text}` };
  if (key === "certificate") return { text: "its page", href: `/certificates/${text}` };
  if (key === "lesson") return { text, href: `/admin/courses/${entry.subjectLabel}/lessons/${text}` };
  if (key === "filter") return { text: sayReport(text), href: pageOf(entry.subjectId, text) };
  if (key === "report") return { text: sayReport(text), href: pageOf("analytics", text) };
  if (key === "kind") return { text: nameAlert(text) };
  if (key === "changed") return { text: FIELD_NAMES[text] ?? text };
  const course = key === "courses" ? names.get(text)?.course : undefined;
  if (course) return { text: course.title, href: `/admin/courses/${course.slug}` };
  const code = CODES[key]?.[text];
  return { text: code ?? (key === "outcome" ? nameAlert(text) : text) };
}

/** `all orders` is no query of an address. */
const pageOf = (page: string, query: string) => `/admin/${page}${query.startsWith("?") ? query : ""}`;

const REPORTS: Words = {
  ...Object.fromEntries(
    Object.entries(DIMENSION_NAMES).map(([key, name]) => [key, `by ${name.toLowerCase()}`]),
  ),
  time: "sales over time",
  funnel: "the funnel",
  "drop-off": "where learners stop",
  cohorts: "cohorts of learners",
};

/** How each part of a list's address is said. */
const PARTS: Readonly<Record<string, (value: string) => string>> = {
  preset: (value) => (PRESET_NAMES as Words)[value] ?? value,
  from: (day) => `from ${formatDay(day)}`,
  to: (day) => `to ${formatDay(day)}`,
  currency: (value) => `in ${value.toUpperCase()}`,
  by: (value) => REPORTS[value] ?? value,
  q: (value) => `“${value}”`,
  status: (value) => (STATUS_NAMES as Words)[value] ?? value,
  state: (value) => (COUPON_STATE_NAMES as Words)[value] ?? value,
  least: (value) => `at least ${value}`,
  most: (value) => `at most ${value}`,
  batch: () => "one batch",
  sort: (value) => `sorted by ${value}`,
  direction: (value) => (value === "asc" ? "upwards" : "downwards"),
};

/** `?preset=28-days&by=course` → 28 days, by course */
function sayReport(query: string): string {
  if (!query.startsWith("?")) return query;
  const asked = new URLSearchParams(query);
  const [from, to] = [asked.get("from"), asked.get("to")];
  if (from && to) asked.delete("from");
  return [...asked]
    .map(([name, value]) =>
      name === "to" && from
        ? namePeriod({ from, to: value })
        : (PARTS[name]?.(value) ?? `${wordsOf(name).toLowerCase()} ${value}`),
    )
    .join(", ");
}

/** `maxUses` → Max uses */
function wordsOf(key: string): string {
  const words = key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Subject = { readonly text: string; readonly more?: string; readonly href: string | null };

/** What was changed, as it is called now, and its page at the desk where it has one. */
export function describeSubject(
  { subjectType, subjectId, subjectLabel, detail }: Entry,
  names: AuditNames,
): Subject {
  const { name = null, course = null } = names.get(subjectId) ?? {};
  switch (subjectType) {
    case "order":
      return { text: subjectLabel, href: `/admin/orders/${subjectLabel}` };
    case "coupon":
      return { text: subjectLabel, href: `/admin/coupons/${encodeURIComponent(subjectLabel)}` };
    case "batch":
      return { text: subjectLabel || "A batch", href: `/admin/coupons?batch=${subjectId}` };
    case "user":
      return {
        text: name ?? ERASED_PERSON,
        href: names.has(subjectId) ? `/admin/users/${subjectId}` : null,
      };
    case "course":
      return { text: course?.title ?? subjectLabel, href: `/admin/courses/${course?.slug ?? subjectLabel}` };
    case "enrollment":
      return {
        text: course?.title ?? subjectLabel,
        // Most entries of a seat tell the learner among the details.
        ...(detail.after?.learner ? {} : { more: name ?? ERASED_PERSON }),
        href: `/admin/enrollments/${subjectId}`,
      };
    case "event":
      return { text: subjectLabel, href: `/admin/payments/events/${subjectId}` };
    case "list":
      return { text: subjectLabel, href: subjectId === "books" ? "/admin/payments" : `/admin/${subjectId}` };
    default:
      return { text: subjectLabel, href: null };
  }
}
