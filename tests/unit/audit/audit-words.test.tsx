import { renderToString } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { AuditTable } from "@/components/admin/audit-table";
import { type ChangeLine, describeDetail, describeSubject } from "@/components/admin/audit-words";
import type { AuditDetail, AuditNames, AuditRow } from "@/lib/audit/queries";
import type { AuditAction, SubjectType } from "@/lib/audit/schema";
import { nameTerms } from "@/lib/campaigns/name-terms";
import { typedTerms } from "@/lib/campaigns/schema";
import { noTerms } from "@/lib/campaigns/terms-fields";
import type { UserId } from "@/lib/ids";

const id = (n: number) => `01a22154-cad4-7000-8000-00000000000${n}`;
const [PERSON, ERASED, COURSE, SEAT] = [id(1), id(2), id(3), id(4)];
const course = { title: "SQL from scratch", slug: "sql-basics", currency: "jpy" };
const names: AuditNames = new Map([
  [PERSON, { name: "Ada Reader", course: null }],
  [ERASED, { name: null, course: null }],
  [COURSE, { name: null, course }],
  [SEAT, { name: "Ada Reader", course }],
]);

const entry = (action: AuditAction, type: SubjectType, subjectId: string, detail: AuditDetail): AuditRow => ({
  number: 7,
  at: new Date("2026-11-28T09:00:00Z"),
  action,
  actorId: PERSON as UserId,
  actor: "Ada Reader",
  subjectType: type,
  subjectId,
  subjectLabel: "label",
  detail,
  hash: "abc",
});
const said = (side: ChangeLine["is"]) => side?.map((one) => ("at" in one ? one.at : one.text)).join(", ");
const lines = (row: AuditRow) =>
  describeDetail(row, names).map(({ name, was, is }) =>
    was ? `${name}: ${said(was)} → ${said(is)}` : `${name}: ${said(is)}`,
  );

/** Postgres keeps the keys of JSON by their length. */
const stored = <T extends object>(detail: T) =>
  Object.fromEntries(Object.entries(detail).sort(([one], [other]) => one.length - other.length));

describe("A line of the audit log", () => {
  test("tells a price as money in the currency of its course, and codes in words", () => {
    const detail = {
      before: { priceAmount: 5900, status: "draft", level: "beginner", title: "Same" },
      after: { priceAmount: 30, status: "published", level: "advanced", title: "Same" },
    };
    expect(lines(entry("course.edited", "course", COURSE, detail))).toEqual([
      "Level: Beginner → Advanced",
      "Price: ¥5,900 → ¥30",
      "Status: Draft → On sale",
    ]);
  });

  test("tells of a new code what it has, not what it has not, in the order of the form", () => {
    const terms = typedTerms.parse({ ...noTerms("usd"), value: "20", validUntil: "2026-12-31T23:59" });
    expect(lines(entry("coupon.created", "coupon", id(5), { after: stored(nameTerms(terms)) }))).toEqual([
      "Discount: 20% off",
      "Until: 2026-12-31T23:59:00.000Z",
    ]);
  });

  test("tells what it means when a limit goes", () => {
    const detail = {
      before: { uses: 5, until: "2026-12-31T23:59:00.000Z" },
      after: { uses: null, until: null },
    };
    expect(lines(entry("coupon.edited", "coupon", id(5), detail))).toEqual([
      "Uses in all: 5 → no limit",
      "Until: 2026-12-31T23:59:00.000Z → no end",
    ]);
  });

  test.each([
    ["order.refunded", "requested_by_customer", "The customer asked"],
    ["refund_request.approved", "changed_mind", "I changed my mind"],
    ["seat.revoked", "duplicate", "duplicate"],
  ] as const)("tells the reason of %s as it was meant", (action, reason, words) => {
    expect(lines(entry(action, "order", id(6), { reason }))).toEqual([`Reason: ${words}`]);
  });

  test("names people, and nobody who was erased", () => {
    const learner = (person: string) =>
      lines(
        entry("seat.granted", "enrollment", SEAT, {
          after: { learner: person, type: "gifted", until: null },
        }),
      );
    expect(learner(PERSON)).toEqual(["Learner: Ada Reader", "Kind of seat: Gifted"]);
    expect(learner(ERASED)[0]).toBe("Learner: An erased person");
    expect(learner(id(9))[0], "whose row is gone").toBe("Learner: An erased person");
  });

  test("tells the filter of what was exported in words, and leads to the same list", () => {
    const exported = (report: string) =>
      describeDetail(entry("analytics.exported", "list", "analytics", { after: { report } }), names)[0]?.is;
    expect(exported("?preset=28-days&currency=usd&by=course")).toEqual([
      { text: "28 days, in USD, by course", href: "/admin/analytics?preset=28-days&currency=usd&by=course" },
    ]);
    expect(said(exported("?from=2026-10-01&to=2026-10-31&currency=usd&by=funnel") ?? null)).toBe(
      "1–31 October 2026, in USD, the funnel",
    );
    const filter = "?q=ada&status=failed&from=2026-11-01";
    const [line] = describeDetail(entry("orders.exported", "list", "orders", { after: { filter } }), names);
    expect(said(line?.is ?? null)).toBe("“ada”, Failed, from 1 November 2026");
    const [all] = describeDetail(
      entry("orders.exported", "list", "orders", { after: { filter: "all orders" } }),
      names,
    );
    expect(all?.is).toEqual([{ text: "all orders", href: "/admin/orders" }]);
  });

  test.each([
    ["user", PERSON, "Ada Reader", `/admin/users/${PERSON}`],
    ["user", ERASED, "An erased person", `/admin/users/${ERASED}`],
    ["course", COURSE, "SQL from scratch", "/admin/courses/sql-basics"],
    ["enrollment", SEAT, "SQL from scratch", `/admin/enrollments/${SEAT}`],
    ["order", id(6), "label", "/admin/orders/label"],
    ["alert", id(6), "label", null],
  ] as const)("leads to what it is about: a %s", (type, subjectId, text, href) => {
    expect(describeSubject(entry("order.noted", type, subjectId, {}), names)).toMatchObject({ text, href });
  });

  test("shows no id, no bare instant and no word for nothing in the table", () => {
    const detail = {
      after: { learner: PERSON, type: "free", until: "2026-12-31T00:00:00.000Z", note: id(8) },
    };
    const html = renderToString(
      <AuditTable entries={[entry("seat.granted", "enrollment", SEAT, detail)]} names={names} />,
    );
    const text = html.replace(/<[^>]*>/g, " ");
    expect(text).not.toMatch(/01a22154|T00:00|nothing/);
    expect(text).toContain("31 December 2026, 00:00 UTC");
    expect(html).toContain(`href="/admin/audit?actor=${PERSON}"`);
  });
});
