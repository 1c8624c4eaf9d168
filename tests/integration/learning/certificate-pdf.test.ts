import { expect, test } from "vitest";
import type { Certificate } from "@/lib/certificates/queries";
import { renderCertificate } from "@/lib/certificates/render-certificate";
import { COMPLETION_RULE } from "@/lib/learning/course-progress";
import { readPdf } from "../../support/read-pdf";

const sheet = (changes: Partial<Certificate> = {}) => {
  const address = "https://school.example/certificates/0123456789ABCDEFGHJKMNPQRS";
  const facts = {
    publicId: "0123456789ABCDEFGHJKMNPQRS",
    holderName: "Mira Vale",
    courseTitle: "Data structures you will use",
    courseSummary: "Lists, sets, dictionaries, queues, heaps and trees, and when to take which.",
    courseVersion: "3",
    issuerName: "Lectern",
    completedAt: new Date("2026-11-26T10:00:00Z"),
    issuedAt: new Date("2026-11-26T10:00:00Z"),
    criteria: `8 lessons, 14 exercises. ${COMPLETION_RULE}`,
    address,
    keyName: "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
    isGenuine: true,
    revoked: null,
    ...changes,
  };
  return renderCertificate(facts as Certificate);
};
async function read(changes: Partial<Certificate> = {}) {
  const { pages, text, info } = await readPdf(await sheet(changes));
  return { pages, info, words: text.replace(/\s+/g, " ") };
}

test("A certificate says who completed which course when, by which rule, and where that is checked", async () => {
  const { words, info } = await read({ issuedAt: new Date("2026-11-27T00:30:00Z") });
  for (const part of [
    "Lectern",
    "Certificate of completion",
    "Mira Vale has completed the course Data structures you will use",
    "Lists, sets, dictionaries, queues, heaps and trees",
    "Completed 26 November 2026, version 3 of the course.",
    `8 lessons, 14 exercises. ${COMPLETION_RULE}`,
    "Issued 27 November 2026.",
  ])
    expect(words).toContain(part);
  // What is long may be broken where a line ends.
  const run = words.replace(/[\s-]/g, "");
  expect(run).toContain("Number0123456789ABCDEFGHJKMNPQRS.");
  expect(run).toContain("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2");
  expect(run).toContain("https://school.example/certificates/0123456789ABCDEFGHJKMNPQRS");
  expect(info).toMatchObject({ Title: "Mira Vale, Data structures you will use", Author: "Lectern" });
});

test("A name or a course in another script is printed in its own letters", async () => {
  for (const name of ["李小龙", "Mira 李", "김철수"]) {
    const { words, info } = await read({ holderName: name, courseTitle: "Python 入门" });
    expect(words).toContain(`${name} has completed the course Python 入门`);
    expect(info).toMatchObject({ Title: `${name}, Python 入门` });
  }
  const { words } = await read({ holderName: "فاطمة", courseTitle: "שרה" });
  expect(words.normalize("NFKC")).toContain("فاطمة has completed the course שרה");
});

test("A name without letters on the sheet is never printed in part or as boxes: the sheet says where it stands", async () => {
  for (const holderName of ["ანა", "Անի", "Mira ანა", "𠮷野"]) {
    const { words, info } = await read({ holderName });
    expect(words).toContain("The learner named at the address below has completed the course Data");
    expect(words).not.toContain("Mira");
    expect(info).toMatchObject({ Title: `${holderName}, Data structures you will use` });
  }
  expect((await read({ courseTitle: "ანა" })).words).toContain(
    "completed the course The course named at the address below",
  );
  expect((await read({ holderName: "Mira 🌟 Vale\u202e" })).words).toContain("Mira Vale has completed");
});

test("A certificate is one page, whatever the name and the course are called", async () => {
  const names = [
    "Mira Vale",
    "Αθηνά Παπαδοπούλου",
    "Ольга Шевченко",
    "Łucja Żółć-Ångström",
    "A".repeat(120),
    "株式会社".repeat(20),
    "Anna ".repeat(24),
    "line\r\nbreak\u0000<b>&amp;",
    "",
  ];
  for (const holderName of names) {
    const { pages } = await read({ holderName, courseTitle: holderName || "x" });
    expect(pages, holderName).toHaveLength(1);
  }
  for (const name of names.slice(1, 4))
    expect((await read({ holderName: name, courseTitle: name })).words).toContain(
      `${name} has completed the course ${name}`,
    );
});

test("A letter is found on a sheet, also after one on which it was a part of another letter", async () => {
  await sheet({ holderName: "Ångström Ëve Öst" });
  expect((await read({ holderName: "Aaron Eve Oak" })).words).toContain("Aaron Eve Oak has completed");
});
