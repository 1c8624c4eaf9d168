import fc from "fast-check";
import { expect, test } from "vitest";
import { followSaved } from "@/components/admin/follow-saved";

const began = { fields: { title: "Loops", status: "published" }, version: 3 };
const saved = (fields: object, version = 4) => ({ fields: { ...began.fields, ...fields }, version });

test.each([
  ["a button beside the form moved the version", saved({}), { title: "My loops" }, true],
  ["the status changed, and the reader left it alone", saved({ status: "archived" }), {}, true],
  [
    "the status changed, and the reader chose the same",
    saved({ status: "draft" }),
    { status: "draft" },
    true,
  ],
  [
    "the status changed to another than the reader's",
    saved({ status: "archived" }),
    { status: "draft" },
    false,
  ],
  ["somebody else wrote another title", saved({ title: "Theirs" }), { title: "My loops" }, false],
  ["somebody else wrote another title, the reader none", saved({ title: "Theirs" }), {}, false],
  ["the page is older than the save", saved({ title: "Older" }, 2), {}, false],
  ["the page brings one's own save, trimmed", saved({ title: "Trimmed" }, 3), { title: " Trimmed" }, true],
] as const)("when %s, the form follows or stays", (_when, now, typed, follows) => {
  expect(followSaved(began, now, { ...began.fields, ...typed }, ["status"])).toBe(follows ? now : began);
});

test("whatever three hands write, a form that followed overwrites nothing that it did not begin from", () => {
  const fields = fc.record({ title: fc.constantFrom("a", "b", "c"), status: fc.constantFrom("a", "b", "c") });
  fc.assert(
    fc.property(fields, fields, fields, (from, theirs, typed) => {
      const now = { fields: theirs, version: 2 };
      if (followSaved({ fields: from, version: 1 }, now, typed, ["status"]) !== now) return;
      // A yielding field that was left alone shows what is saved.
      const posted = { ...typed, status: typed.status === from.status ? theirs.status : typed.status };
      for (const name of ["title", "status"] as const)
        expect([posted[name], from[name]]).toContain(theirs[name]);
    }),
  );
});
