import { describe, expect, test } from "vitest";
import { filterMyCourses } from "@/lib/enrollments/filter-my-courses";
import type { MyCourse } from "@/lib/enrollments/queries";
import { MY_COURSE_STATUSES, myCoursesFilter } from "@/lib/enrollments/schema";

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

function course(title: string, changes: Partial<MyCourse>, percentage = 0): MyCourse {
  return {
    slug: title.toLowerCase().replaceAll(" ", "-"),
    title,
    courseType: "python",
    level: "beginner",
    state: "active",
    status: "not_started",
    ended: null,
    progress: {
      percentage,
      lessonsCompleted: 0,
      lessonsTotal: 4,
      exercisesCompleted: 0,
      exercisesTotal: 0,
      isCompleted: percentage === 100,
    },
    completedAt: null,
    enrolledAt: day(1),
    expiresAt: null,
    certificateId: null,
    isOnSale: true,
    lastOpenedAt: null,
    continueWith: null,
    ...changes,
  };
}

const mine = [
  course("Zero to lists", { enrolledAt: day(9) }),
  course("Joins", { courseType: "sql", status: "in_progress", lastOpenedAt: day(12) }, 40),
  course("Async lists", { status: "completed", enrolledAt: day(3), lastOpenedAt: day(5) }, 100),
  course("Windows", { courseType: "sql", status: "refunded", state: "ended", enrolledAt: day(2) }),
];
const found = (query: Readonly<Record<string, string>>) =>
  filterMyCourses(mine, myCoursesFilter.parse(query)).map(({ title }) => title);

describe("the learner's courses", () => {
  test("come as they were touched last, or as asked", () => {
    expect(found({})).toEqual(["Joins", "Zero to lists", "Async lists", "Windows"]);
    expect(found({ sort: "title" })).toEqual(["Async lists", "Joins", "Windows", "Zero to lists"]);
    expect(found({ sort: "progress" })).toEqual(["Async lists", "Joins", "Zero to lists", "Windows"]);
    expect(found({ sort: "enrolled" })).toEqual(["Zero to lists", "Async lists", "Windows", "Joins"]);
  });

  test("are narrowed by language, state and words, together", () => {
    expect(found({ type: "sql" })).toEqual(["Joins", "Windows"]);
    expect(found({ type: "sql", status: "refunded" })).toEqual(["Windows"]);
    expect(found({ q: " LISTS  zero" })).toEqual(["Zero to lists"]);
    expect(found({ q: "lists", status: "completed" })).toEqual(["Async lists"]);
    const byState = MY_COURSE_STATUSES.flatMap((status) => found({ status }));
    expect(byState.toSorted()).toEqual(found({}).toSorted());
  });

  test("are all there for a filter that nobody offered", () => {
    expect(found({ type: "cobol", status: "lost", sort: "luck", view: "cube" })).toHaveLength(mine.length);
  });
});
