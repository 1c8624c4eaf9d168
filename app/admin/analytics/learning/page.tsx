import type { Metadata } from "next";
import { AnalyticsTabs } from "@/components/admin/analytics-tabs";
import { ExportLink } from "@/components/admin/export-link";
import { CohortPanel, DropOffTable } from "@/components/admin/funnel-tables";
import { ReportFilters } from "@/components/admin/report-filters";
import { PageHead } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { SelectField } from "@/components/ui/field";
import { Panel, PanelHead } from "@/components/ui/panel";
import { namePeriod } from "@/lib/analytics/period";
import { findDropOff, findToday, listCohorts } from "@/lib/analytics/queries";
import { readReportQuery, reportQuery } from "@/lib/analytics/read-report-query";
import { slug } from "@/lib/catalog/schema";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requirePermission } from "@/lib/identity/session";
import { roleMay } from "@/lib/permissions";
import { listCourseChoices } from "@/lib/seats/queries";

export const metadata: Metadata = { title: "Learning" };

/** Where learners of a course stop, and who completes it. */
export default async function LearningPage({ searchParams }: PageProps<"/admin/analytics/learning">) {
  const staff = await requirePermission("analytics.see");
  const { zone } = await readReaderZone(staff);
  const [today, choices] = await Promise.all([findToday(zone), listCourseChoices(staff.userId)]);
  const sent = await searchParams;
  const query = readReportQuery(sent, today);
  const asked = slug.safeParse(sent.course);
  const chosen = choices.find((one) => one.slug === asked.data) ?? choices[0];
  const [dropOff, cohorts] = chosen
    ? await Promise.all([
        findDropOff(staff.userId, chosen.slug, query.period, zone),
        listCohorts(staff.userId, chosen.slug, zone),
      ])
    : [null, []];
  const file = (by: string) =>
    `/admin/analytics/export${reportQuery(query, { by, course: chosen?.slug ?? "" })}`;
  const mayExport = roleMay(staff.role, "analytics.export");
  return (
    <>
      <PageHead title="Analytics" lead={chosen ? `${chosen.title}, ${namePeriod(query.period)}` : null} />
      <AnalyticsTabs current="learning" />
      <ReportFilters
        path="/admin/analytics/learning"
        kept={chosen ? { course: chosen.slug } : {}}
        field={
          <SelectField label="Course" name="course" defaultValue={chosen?.slug ?? ""}>
            {choices.map((one) => (
              <option key={one.slug} value={one.slug}>
                {one.title}
              </option>
            ))}
          </SelectField>
        }
        query={query}
        today={today}
        currency=""
        currencies={[]}
        zone={zone}
      />
      {dropOff && dropOff.seats > 0 ? (
        <Panel as="section" aria-labelledby="drop-off" className="overflow-hidden">
          <PanelHead
            id="drop-off"
            title={`Where they stop: ${dropOff.seats === 1 ? "one learner" : `${dropOff.seats.toLocaleString("en-US")} learners`} who began in these days`}
            aside={mayExport ? <ExportLink href={file("drop-off")} of="lesson by lesson" small /> : null}
          />
          <DropOffTable dropOff={dropOff} />
        </Panel>
      ) : (
        <Panel dashed>
          <EmptyState title="Nobody began this course in these days">
            Choose other days, or another course.
          </EmptyState>
        </Panel>
      )}
      {cohorts.length > 0 ? (
        <CohortPanel
          cohorts={cohorts}
          aside={mayExport ? <ExportLink href={file("cohorts")} of="cohorts" small /> : null}
        />
      ) : null}
    </>
  );
}
