import { expect, test } from "vitest";
import { readCourseFile } from "@/lib/catalog/course-file";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120"></svg>';
/** One black point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==",
  "base64",
);

test("a picture has its type, its size and the hash of its bytes", () => {
  expect(readCourseFile("shelf.svg", Buffer.from(SVG))).toMatchObject({
    mediaType: "image/svg+xml",
    width: 320,
    height: 120,
  });
  expect(readCourseFile("dot.png", PNG)).toMatchObject({ mediaType: "image/png", width: 1, height: 1 });
});

test("a download has no size", () => {
  const file = readCourseFile("votes.csv", Buffer.from("a,b\n1,2\n"));
  expect(file).toMatchObject({ mediaType: "text/csv; charset=utf-8", width: null });
});

test.each([
  ["a picture that is none", "shelf.png", Buffer.from("MZ…"), /no picture/],
  ["a picture of another kind", "shelf.jpg", PNG, /is png, not jpg/],
  ["an unknown ending", "setup.exe", Buffer.from("MZ"), /\.exe is not taken/],
  ["a page", "page.html", Buffer.from("<p>"), /\.html is not taken/],
  ["a name with a path", "../x.png", PNG, /lower-case/],
  ["a name with blanks", "My File.png", PNG, /lower-case/],
  ["too much", "big.zip", Buffer.alloc(5_000_001), /5 MB/],
])("refuses %s", (_what, name, bytes, reason) => {
  expect(readCourseFile(name, bytes)).toMatchObject({ problem: expect.stringMatching(reason) });
});
