import { Progress } from "@/components/ui/progress";
import { Table, Td, Th } from "@/components/ui/table";
import { COURSE_TYPE_NAMES } from "@/lib/catalog/course-kinds";
import { formatDuration } from "@/lib/catalog/format-duration";
import type { MyCourse } from "@/lib/enrollments/queries";
import type { TopicProgress } from "@/lib/progress/queries";
import type { TypeProgress } from "@/lib/progress/sum-by-type";

type CourseTableProps = {
  readonly courses: readonly MyCourse[];
  /** By address. */
  readonly seconds: ReadonlyMap<string, number>;
};

/** Bars and numbers in one: a table is the chart here. */
export function CourseTable({ courses, seconds }: CourseTableProps) {
  return (
    <section aria-labelledby="by-course" className="mt-10">
      <h2 id="by-course" className="mb-2 text-lg">
        Course by course
      </h2>
      <Table caption="Progress by course">
        <thead>
          <tr>
            <Th>Course</Th>
            <Th>Progress</Th>
            <Th align="right">Lessons</Th>
            <Th align="right">Exercises</Th>
            <Th align="right">Time</Th>
          </tr>
        </thead>
        <tbody>
          {courses.map(({ slug, title, progress }) => (
            <tr key={slug}>
              <Td lead>{title}</Td>
              <Td label="Progress">
                <Progress value={progress.percentage} label={`Progress in ${title}`} className="min-w-36" />
              </Td>
              <Td label="Lessons" align="right">
                {progress.lessonsCompleted} of {progress.lessonsTotal}
              </Td>
              <Td label="Exercises" align="right">
                {progress.exercisesCompleted} of {progress.exercisesTotal}
              </Td>
              <Td label="Time" align="right">
                {formatDuration(Math.round((seconds.get(slug) ?? 0) / 60))}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

export function TypeTable({ types }: { readonly types: readonly TypeProgress[] }) {
  return (
    <section aria-labelledby="by-type" className="mt-10">
      <h2 id="by-type" className="mb-2 text-lg">
        By language
      </h2>
      <Table caption="Progress by language">
        <thead>
          <tr>
            <Th>Language</Th>
            <Th>Progress</Th>
            <Th align="right">Lessons</Th>
            <Th align="right">Exercises</Th>
          </tr>
        </thead>
        <tbody>
          {types.map((type) => (
            <tr key={type.courseType}>
              <Td lead>{COURSE_TYPE_NAMES[type.courseType]}</Td>
              <Td label="Progress">
                <Progress
                  value={type.percentage}
                  label={`Progress in ${COURSE_TYPE_NAMES[type.courseType]}`}
                  className="min-w-36"
                />
              </Td>
              <Td label="Lessons" align="right">
                {type.lessonsCompleted} of {type.lessonsTotal}
              </Td>
              <Td label="Exercises" align="right">
                {type.exercisesCompleted} of {type.exercisesTotal}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

/** Exercises passed, by chapter. */
export function TopicTable({ topics }: { readonly topics: readonly TopicProgress[] }) {
  if (topics.length === 0) return null;
  return (
    <section aria-labelledby="by-topic" className="mt-10">
      <h2 id="by-topic" className="mb-2 text-lg">
        Exercises by topic
      </h2>
      <Table caption="Exercises passed by topic">
        <thead>
          <tr>
            <Th>Topic</Th>
            <Th>Course</Th>
            <Th>Passed</Th>
            <Th align="right">Exercises</Th>
          </tr>
        </thead>
        <tbody>
          {topics.map((topic) => (
            <tr key={`${topic.course} ${topic.topic}`}>
              <Td lead>{topic.topic}</Td>
              <Td label="Course">{topic.courseTitle}</Td>
              <Td label="Passed">
                <Progress
                  value={(topic.passed * 100) / topic.exercises}
                  label={`Exercises passed in ${topic.topic}, ${topic.courseTitle}`}
                  className="min-w-36"
                />
              </Td>
              <Td label="Exercises" align="right">
                {topic.passed} of {topic.exercises}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
