import type { Route } from "next";
import type { MyCourse } from "@/lib/enrollments/queries";

/** From this percentage on a course is worth finishing before another is begun. */
const NEARLY_DONE = 60;

export type Suggestion = { readonly href: Route; readonly words: string };

type Known = Pick<MyCourse, "slug" | "title" | "courseType" | "state" | "certificateId"> & {
  readonly progress: Pick<MyCourse["progress"], "percentage">;
};

/** What somebody with these open or completed courses could do next: what fits them first, then the ways that are always there. */
export function suggest(mine: readonly Known[]): Suggestion[] {
  const certified = mine.find((course) => course.certificateId !== null);
  const nearlyDone = mine.find(
    (course) => course.state === "active" && course.progress.percentage >= NEARLY_DONE,
  );
  const has = (type: string) => mine.some((course) => course.courseType === type);
  const other = has("python") && !has("sql") ? "sql" : has("sql") && !has("python") ? "python" : null;
  return [
    ...(nearlyDone
      ? [{ href: `/learn/${nearlyDone.slug}` as Route, words: `Finish “${nearlyDone.title}”` }]
      : []),
    ...(certified
      ? [
          {
            href: `/certificates/${certified.certificateId}` as Route,
            words: `Show your certificate: ${certified.title}`,
          },
        ]
      : []),
    ...(other
      ? [
          {
            href: `/courses/search?type=${other}` as Route,
            words:
              other === "sql" ? "Ask data questions: the SQL courses" : "Write programs: the Python courses",
          },
        ]
      : []),
    { href: "/courses" as Route, words: "Look at all courses" },
    { href: "/account/wishlist" as Route, words: "Choose from your wishlist" },
    { href: "/account/progress" as Route, words: "See your progress day by day" },
    { href: "/account/notes" as Route, words: "Read your notes" },
  ];
}
