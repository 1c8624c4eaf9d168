import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readCatalog } from "@/lib/catalog/check-catalog";
import { checkUpload } from "@/lib/folders/check-upload";
import { readArchive } from "@/lib/folders/read-archive";
import { sampleFiles } from "../catalog/sample-course";

const pack = (files: ReadonlyMap<string, string>, below = "content/") =>
  zipSync(Object.fromEntries([...files].map(([path, text]) => [below + path, strToU8(text)])));
const nothing = { courses: new Set<string>(), lessons: new Set<string>(), files: new Set<string>() };

test("a packed course is the same course, wherever its folder lay", () => {
  const wanted = readCatalog(sampleFiles()).courses;
  for (const below of ["content/", "", "my shop/content/"]) {
    const read = readArchive(pack(sampleFiles(), below));
    expect(read.ok && checkUpload(read.value, nothing).courses).toEqual(wanted);
  }
});

test("what the texts name may lie in the shop", () => {
  const files = sampleFiles();
  const yaml = files.get("courses/first-course/course.yaml") ?? "";
  const linked = new Map([
    ...files,
    ["courses/first-course/course.yaml", yaml.replace("/courses/first-course)", "/courses/second-course)")],
  ]);
  expect(checkUpload(linked, nothing).problems[0]?.reason).toContain("leads nowhere");
  expect(checkUpload(linked, { ...nothing, courses: new Set(["second-course"]) }).problems).toEqual([]);
});

test("what is no ZIP, or holds no course, is refused", () => {
  expect(readArchive(strToU8("nothing"))).toEqual({ ok: false, error: "not_a_zip" });
  expect(readArchive(zipSync({ "readme.md": strToU8("Hello") }))).toEqual({ ok: false, error: "no_course" });
  const files = Object.fromEntries(
    Array.from({ length: 5_001 }, (_file, index) => [`courses/a/01-b/0${index}-c.md`, strToU8("")]),
  );
  expect(readArchive(zipSync(files))).toEqual({ ok: false, error: "too_large" });
});
