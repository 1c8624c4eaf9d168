import { FolderSync } from "lucide-react";
import type { Metadata, Route } from "next";
import { COURSE_STATUS_NAMES } from "@/components/admin/course-names";
import { CourseTable } from "@/components/admin/course-table";
import { ListFilters } from "@/components/admin/list-filters";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { listCourseRows } from "@/lib/authoring/queries";
import { courseQuery, readCourseFilter } from "@/lib/authoring/read-course-filter";
import { COURSE_STATUSES, COURSE_TYPE_NAMES, COURSE_TYPES } from "@/lib/catalog/course-kinds";
import { requirePermission } from "@/lib/identity/session";
import { readPlace } from "@/lib/keyset";
import { roleMay } from "@/lib/permissions";

export const metadata: Metadata = { title: "Courses" };

/** Every course, on sale or not. */
export default async function CoursesPage({ searchParams }: PageProps<"/admin/courses">) {
  const staff = await requirePermission("courses.see");
  const sent = await searchParams;
  const filter = readCourseFilter(sent);
  const { rows, newer, older } = await listCourseRows(staff.userId, filter, readPlace(sent));
  const href = (place: "before" | "after", id: string) =>
    `/admin/courses${courseQuery(filter, { [place]: id })}` as Route;
  return (
    <>
      <PageHead
        title="Courses"
        aside={
          roleMay(staff.role, "courses.edit") ? (
            <ButtonLink href="/admin/content">
              <FolderSync />
              Import and export
            </ButtonLink>
          ) : null
        }
      />
      <ListFilters
        action="/admin/courses"
        typed={filter.q}
        placeholder="A part of the title"
        choices={[
          {
            label: "Status",
            name: "status",
            chosen: filter.status,
            unset: "Any status",
            options: COURSE_STATUSES.map((status) => [status, COURSE_STATUS_NAMES[status]]),
          },
          {
            label: "Kind",
            name: "type",
            chosen: filter.type,
            unset: "Any kind",
            options: COURSE_TYPES.map((type) => [type, COURSE_TYPE_NAMES[type]]),
          },
        ]}
      />
      {rows.length > 0 ? (
        <CourseTable courses={rows} />
      ) : (
        <Panel dashed>
          <EmptyState
            title="No course matches"
            action={<ButtonLink href="/admin/courses">Show all courses</ButtonLink>}
          >
            Search by a part of the title, or take a filter away.
          </EmptyState>
        </Panel>
      )}
      {newer || older ? (
        <Pagination newer={newer ? href("after", newer) : null} older={older ? href("before", older) : null}>
          {rows.length} {rows.length === 1 ? "course" : "courses"}
        </Pagination>
      ) : null}
    </>
  );
}
