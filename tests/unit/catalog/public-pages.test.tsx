import { expect, test } from "vitest";
import { POST } from "@/app/api/internal/revalidate/route";
import { withoutMarks } from "@/components/catalog/inline-code";
import { serialiseJsonLd } from "@/components/catalog/json-ld";
import { formatCount, formatDuration } from "@/lib/catalog/format-duration";
import { toPrefixQuery } from "@/lib/catalog/prefix-query";
import { courseSearch } from "@/lib/catalog/schema";
import { searchHref } from "@/lib/catalog/search-href";

test("structured data ends no script and stays the same data", () => {
  const data = {
    name: "</script><script>alert(1)</script>",
    note: "<!-- \u2028 & -->",
    teaches: ["`a < b`"],
  };
  const text = serialiseJsonLd(data);
  expect(text).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(text)).toEqual(data);
});

test("durations and counts in words", () => {
  expect([5, 60, 65, 170, 600].map(formatDuration)).toEqual([
    "5 min",
    "1 h",
    "1 h 05 min",
    "2 h 50 min",
    "10 h",
  ]);
  expect([formatCount(0, "lesson"), formatCount(1, "lesson")]).toEqual(["0 lessons", "1 lesson"]);
  expect(withoutMarks("`if` and `for`")).toBe("if and for");
});

test("a search has the shortest address that says it, and is read back from it", () => {
  expect(searchHref(courseSearch.parse({}))).toBe("/courses/search");
  const href = searchHref(
    courseSearch.parse({ q: " a&b ", type: "sql", level: "beginner", price: "free", sort: "price" }),
  );
  expect(href).toBe("/courses/search?q=a%26b&type=sql&level=beginner&price=free&sort=price");
  const query = Object.fromEntries(new URLSearchParams(href.split("?")[1]));
  expect(searchHref(courseSearch.parse(query))).toBe(href);
});

test("whatever stands in an address is a search", () => {
  const odd = {
    q: ["a", "b"],
    type: "cobol",
    level: ["x"],
    price: "",
    sort: "random()",
    after: ["1"],
    other: "1",
  };
  expect(courseSearch.parse(odd)).toEqual({ q: "", sort: "suggested" });
  expect(courseSearch.parse({ q: `a\0${"b".repeat(400)}` }).q).toBe(`a${"b".repeat(199)}`);
});

test("plain words are looked up by their beginning, a search engine's signs are not", () => {
  expect(toPrefixQuery("python zer")).toBe("python:* & zer:*");
  for (const text of ['"exact words"', "python -sql", "a or b", "c++", "it's", "", "  "])
    expect(toPrefixQuery(text)).toBeNull();
});

test.each([undefined, "", "Bearer", "Bearer wrong", "internal-token-of-the-tests-0123456789abcdef"])(
  "the pages are not made anew for %j",
  (authorization) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const request = new Request("http://localhost:3000/api/internal/revalidate", { method: "POST", headers });
    expect(POST(request).status).toBe(401);
  },
);
