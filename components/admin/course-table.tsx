import type { Route } from "next";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { CourseListRow } from "@/lib/authoring/queries";
import { COURSE_LEVEL_NAMES, COURSE_TYPE_NAMES, type CourseStatus } from "@/lib/catalog/course-kinds";
import { COURSE_STATUS_NAMES, COURSE_STATUS_TONES } from "./course-names";

export function CourseStatusBadge({ status }: { readonly status: CourseStatus }) {
  return <Badge tone={COURSE_STATUS_TONES[status]}>{COURSE_STATUS_NAMES[status]}</Badge>;
}

export function CourseTable({ courses }: { readonly courses: readonly CourseListRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Courses, in the order of the shop">
        <thead>
          <tr>
            <Th>Course</Th>
            <Th>Status</Th>
            <Th align="right">Price</Th>
            <Th align="right">Lessons</Th>
            <Th align="right">Learners</Th>
          </tr>
        </thead>
        <tbody>
          {courses.map((course) => (
            <tr key={course.id}>
              <Td lead>
                <TwoLines
                  small={`${COURSE_TYPE_NAMES[course.type]}, ${COURSE_LEVEL_NAMES[course.level].toLowerCase()}${course.isEdited ? " · edited here" : ""}`}
                >
                  <Link
                    href={`/admin/courses/${course.slug}` as Route}
                    prefetch={false}
                    className="inline-flex min-h-target items-center md:min-h-0"
                  >
                    {course.title}
                  </Link>
                </TwoLines>
              </Td>
              <Td label="Status">
                <CourseStatusBadge status={course.status} />
              </Td>
              <Td label="Price" align="right">
                <Money amount={course.priceAmount} currency={course.currency} />
              </Td>
              <Td label="Lessons" align="right">
                {course.lessons}
              </Td>
              <Td label="Learners" align="right">
                {course.learners}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
