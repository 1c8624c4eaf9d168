import { describe, expect, test } from "vitest";
import { suggest } from "@/lib/progress/suggest";

type Course = Parameters<typeof suggest>[0][number];

function course(title: string, percentage: number, changes: Partial<Course> = {}): Course {
  return {
    slug: title.toLowerCase(),
    title,
    courseType: "python",
    state: percentage === 100 ? "completed" : "active",
    certificateId: null,
    progress: { percentage },
    ...changes,
  };
}

const ALWAYS = ["/courses", "/account/wishlist", "/account/progress", "/account/notes"];
const sql = { courseType: "sql" } as const;

/** What is suggested before the ways that are always there. */
function fitting(mine: readonly Course[]) {
  const steps = suggest(mine);
  expect(steps.slice(-ALWAYS.length).map(({ href }) => href)).toEqual(ALWAYS);
  return steps.slice(0, -ALWAYS.length).map(({ href, words }) => [words, href]);
}

describe("What could come next", () => {
  test("is never nothing: without courses, the ways that are always there", () => {
    expect(fitting([])).toEqual([]);
  });

  test("is to finish what is nearly done, the course opened last before others; not what is done or just begun", () => {
    expect(fitting([course("Lists", 59), course("Joins", 10, sql)])).toEqual([]);
    expect(fitting([course("Lists", 59), course("Joins", 60, sql), course("Loops", 90)])).toEqual([
      ["Finish “Joins”", "/learn/joins"],
    ]);
    expect(fitting([course("Lists", 100), course("Joins", 100, sql)])).toEqual([]);
  });

  test("is to show a certificate", () => {
    const certified = course("Lists", 100, { certificateId: "0ABC" });
    expect(fitting([course("Joins", 0, sql), certified])).toEqual([
      ["Show your certificate: Lists", "/certificates/0ABC"],
    ]);
  });

  test("is the language that is missing, while only one of the two is there", () => {
    expect(fitting([course("Lists", 0)])).toEqual([
      ["Ask data questions: the SQL courses", "/courses/search?type=sql"],
    ]);
    expect(fitting([course("Joins", 0, sql)])).toEqual([
      ["Write programs: the Python courses", "/courses/search?type=python"],
    ]);
    expect(fitting([course("Lists", 0), course("Joins", 0, sql)])).toEqual([]);
    expect(fitting([course("Thinking", 0, { courseType: "general" })])).toEqual([]);
  });

  test("comes in this order, each address once", () => {
    const steps = suggest([course("Lists", 80), course("Loops", 100, { certificateId: "0ABC" })]);
    const addresses = steps.map(({ href }) => href);
    expect(addresses.slice(0, 3)).toEqual(["/learn/lists", "/certificates/0ABC", "/courses/search?type=sql"]);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});
