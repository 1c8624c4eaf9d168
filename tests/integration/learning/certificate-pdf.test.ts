import { expect, test } from "vitest";
import type { Certificate } from "@/lib/certificates/queries";
import { renderCertificate } from "@/lib/certificates/render-certificate";

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
    criteria: `8 lessons, 14 exercises. ${"Every lesson was marked as complete by the learner. ".repeat(4)}`,
    address,
    keyName: "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
    isGenuine: true,
    revoked: null,
    ...changes,
  };
  return renderCertificate(facts as Certificate);
};
const pages = (pdf: Buffer) => pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length;

test("A certificate is one page, whatever the name and the course are called", async () => {
  const names = [
    "Mira Vale",
    "Αθηνά Παπαδοπούλου",
    "Ольга Шевченко",
    "Łucja Żółć-Ångström",
    "A".repeat(120),
    "Anna ".repeat(24),
    "line\r\nbreak\u0000<b>&amp;",
    "",
  ];
  for (const holderName of names) {
    const pdf = await sheet({ holderName, courseTitle: holderName || "x" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pages(pdf), holderName).toBe(1);
  }
});
