import { expect, test } from "vitest";
import { notKeptPage } from "@/components/offline/not-kept-page";

const lesson = (path: string, title: string) => ({
  path,
  html: `<!DOCTYPE html><html><head><title>${title}</title></head><body><svg><title>Logo</title></svg></body></html>`,
});

test("names the lessons that are kept, each by its title without the shop's name", () => {
  const page = notKeptPage([
    lesson("/learn/sql/rows", "Rows &amp; columns, SQL · Lectern"),
    lesson("/learn/sql/sums", "Sums, SQL · Lectern"),
  ]);
  expect(page.match(/<li>.*<\/li>/g)).toEqual([
    '<li><a href="/learn/sql/rows">Rows &amp; columns, SQL</a></li>',
    '<li><a href="/learn/sql/sums">Sums, SQL</a></li>',
  ]);
});

test("promises no list where nothing is kept, nor one of pages without a title", () => {
  for (const page of [notKeptPage([]), notKeptPage([{ path: "/learn/sql/rows", html: "<p>" }])]) {
    expect(page).not.toContain("Kept in this browser");
    expect(page).toContain("Lessons that you open are kept.");
    expect(page).toContain('<a href="">Try again</a>');
  }
});
