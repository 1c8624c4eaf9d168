import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COPY_HEADER } from "@/components/offline/caches";
import { users } from "@/db/schema/identity";
import { enrollments } from "@/db/schema/learning";
import { actionId } from "./actions";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Answer, Visitor } from "./visitor";
import { listCourses, listPaidLessons, makePerson, type Person, sell } from "./world";

/** Words that stand in every paid lesson, each in another place, and nowhere else. */
const SOLD = { body: "wortkastanie", quiz: "fragekastanie", task: "aufgabekastanie" };
/** Words of the exercises' tests and solutions, which nobody is sent. */
const KEPT = ["loesungskastanie", "pruefkastanie"];
/** A word in a picture of the course, and its address. */
const DRAWN = "bildkastanie";
const WORDS = [...Object.values(SOLD), ...KEPT, DRAWN];

let shop: BuiltShop;
let course: Awaited<ReturnType<typeof listCourses>>[number];
let lesson: string;
let owner: Person;
let strangers: Readonly<Record<string, Visitor>>;

beforeAll(async () => {
  shop = await startBuiltShop();
  await markLessons();
  const [sold, another] = await listCourses(shop, { free: false });
  if (!sold || !another) throw new Error("The catalogue needs two courses with a price.");
  course = sold;
  lesson = await slugOfMarkedLesson();
  owner = await makePerson(shop, "Owner");
  await sell(shop, owner.userId, course, "completed");
  const person = async (name: string) => makePerson(shop, name);
  const [other, refunded, revoked, expired, elsewhere, unpaid] = await Promise.all([
    person("Other"),
    person("Refunded"),
    person("Revoked"),
    person("Expired"),
    person("Elsewhere"),
    person("Unpaid"),
  ]);
  await sell(shop, refunded.userId, course, "completed", { status: "refunded" });
  await sell(shop, revoked.userId, course, "completed", { status: "revoked" });
  await sell(shop, expired.userId, course, "completed", { expiresAt: new Date(Date.now() - 1_000) });
  await sell(shop, elsewhere.userId, another, "completed");
  await sell(shop, unpaid.userId, course, "pending");
  const people = [other, refunded, revoked, expired, elsewhere, unpaid];
  strangers = {
    Anonymous: shop.visitor(),
    ...Object.fromEntries(people.map(({ name, visitor }) => [name, visitor])),
  };
});
afterAll(() => shop?.close());

async function markLessons(): Promise<void> {
  const quiz = [
    { question: SOLD.quiz, answer: "a", explanation: SOLD.quiz, wrong: [{ option: "b", why: "c" }] },
  ];
  await shop.sql`
    update lessons set body = body || ${`\n\nThe ${SOLD.body} is sold.\n`}, quiz = quiz || ${JSON.stringify(quiz)}::jsonb
    where not free_preview`;
  const picture = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><text>${DRAWN}</text></svg>`);
  await shop.sql`
    insert into course_files (id, course_id, name, media_type, bytes, sha256, width, height)
    select gen_random_uuid(), id, 'kastanie.svg', 'image/svg+xml', ${picture}, 'kastanie', 10, 10 from courses`;
  await shop.sql`
    update exercises set prompt = prompt || ${` ${SOLD.task}`},
      definition = definition || ${JSON.stringify({ solution: KEPT[0], tests: KEPT[1] })}::jsonb
    where lesson_id in (select id from lessons where not free_preview)`;
}

/** A paid lesson of the course with an exercise, so that every word is somewhere on its page. */
async function slugOfMarkedLesson(): Promise<string> {
  const withTask = await shop.sql<{ id: string }[]>`select distinct lesson_id as id from exercises`;
  const lessons = await listPaidLessons(shop, course.id);
  const found = lessons.find(({ id }) => withTask.some((one) => one.id === id));
  if (!found) throw new Error(`${course.slug} has no paid lesson with an exercise.`);
  return found.slug;
}

/** Every way known to us of asking for a lesson. */
function ways(visitor: Visitor): [string, () => Promise<Answer>][] {
  const page = `/learn/${course.slug}/${lesson}`;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
    [`${method} ${path} ${JSON.stringify(headers)}`, () => visitor.send(path, { headers, method })] as [
      string,
      () => Promise<Answer>,
    ];
  const segments = ["/_tree", "/_index", "/_full", "/learn/$d$course/$d$lesson/__PAGE__", "/learn"];
  return [
    get(page),
    get(page, {}, "HEAD"),
    get(page, {}, "POST"),
    get(page, { "sec-fetch-mode": "navigate" }),
    get(`${page}?preview=1&free=true&admin=1`),
    [`payload of ${page}`, () => visitor.payload(page)],
    [`prefetched payload of ${page}`, () => visitor.payload(page, { "next-router-prefetch": "1" })],
    ...segments.map((segment): [string, () => Promise<Answer>] => [
      `segment ${segment}`,
      () => visitor.payload(page, { "next-router-prefetch": "1", "next-router-segment-prefetch": segment }),
    ]),
    get(page, { rsc: "1" }),
    get(`${page}?_rsc=x`, { rsc: "1" }),
    get(`${page}?_rsc=x`),
    get(`${page}.rsc`),
    get(`${page}.rsc?_rsc=x`, { rsc: "1" }),
    get(`${page}.segments/_full.segment.rsc`),
    get(`${page}.prefetch.rsc`),
    get(`${page}.json`),
    get(`/_next/data/${readFileSync(join(".next", "BUILD_ID"), "utf8")}${page}.json`),
    get(page.toUpperCase()),
    get(`/learn/${course.slug}/%2e/${lesson}`),
    get(`//learn/${course.slug}/${lesson}`),
    get(page, { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" }),
    get(page, { "x-middleware-rewrite": page, "x-matched-path": page, "x-invoke-path": page }),
    get(page, { "next-url": page, rsc: "1", "next-router-state-tree": "%5B%22%22%2C%7B%7D%5D" }),
    get(`/learn/${course.slug}`),
    get(`/courses/${course.slug}`),
    [`payload of /courses/${course.slug}`, () => visitor.payload(`/courses/${course.slug}`)],
    get(`/courses/${course.slug}/opengraph-image`),
    get(`/courses/search?q=${SOLD.body}`),
    get("/courses"),
    get("/pricing"),
    get("/api/viewer"),
    get("/cart"),
    get("/account"),
    get("/account/courses"),
    get("/account/progress"),
    get("/account/notes"),
    get("/sitemap.xml"),
    get(fileOf(course)),
    get(fileOf(course), { "if-none-match": '"kastanie"' }),
    get(`${fileOf(course)}?download=1`, {}, "HEAD"),
    ["a sign of life", () => sendPulse(visitor)],
    ["a note", () => sendNote(visitor)],
    [
      "ticking it off",
      () => visitor.act(actionId("completeLessonAction"), page, { course: course.slug, lesson }),
    ],
    [
      "ticking it off without scripts",
      () => visitor.submit(actionId("completeLessonAction"), page, { course: course.slug, lesson }),
    ],
  ];
}

const fileOf = ({ slug }: { readonly slug: string }) => `/learn/${slug}/files/kastanie.svg`;

const post = (visitor: Visitor, path: string, content: object) =>
  visitor.send(path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: shop.origin },
    body: JSON.stringify({ course: course.slug, lesson, ...content }),
  });
const sendPulse = (visitor: Visitor) => post(visitor, "/api/learning/pulse", { permille: 10 });
const sendNote = (visitor: Visitor) => post(visitor, "/api/learning/notes", { revision: 0, body: "x" });

describe("A paid lesson", () => {
  it("reaches its owner, as a page and as a payload", async () => {
    const page = `/learn/${course.slug}/${lesson}`;
    const answers = [await owner.visitor.send(page), await owner.visitor.payload(page)];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      for (const word of Object.values(SOLD)) expect(body).toContain(word);
      for (const word of KEPT) expect(body).not.toContain(word);
    }
  });

  it("is sent once with a document, and twice to whoever does not say that it is one", async () => {
    const page = `/learn/${course.slug}/${lesson}`;
    const count = async (headers: Readonly<Record<string, string>>) =>
      (await owner.visitor.send(page, { headers })).body.split(SOLD.body).length - 1;
    expect(await count({ "sec-fetch-mode": "navigate" })).toBe(1);
    expect(await count({ [COPY_HEADER]: "1" })).toBe(1);
    expect(await count({})).toBe(2);
    expect(await count({ "sec-fetch-mode": "cors" })).toBe(2);
  });

  it("reaches whoever got it as a gift, or for a time that is not over", async () => {
    const seats = {
      gifted: { enrollmentType: "gifted" as const },
      timed: { enrollmentType: "gifted" as const, expiresAt: new Date(Date.now() + 60_000) },
    };
    for (const [name, seat] of Object.entries(seats)) {
      const person = await makePerson(shop, name);
      await shop.db.insert(enrollments).values({ userId: person.userId, courseId: course.id, ...seat });
      const { body } = await person.visitor.send(`/learn/${course.slug}/${lesson}`);
      for (const word of Object.values(SOLD)) expect(body, name).toContain(word);
      for (const word of KEPT) expect(body, name).not.toContain(word);
    }
  });

  it("reaches nobody else, however it is asked for", async () => {
    for (const [name, visitor] of Object.entries(strangers)) {
      await Promise.all(
        ways(visitor).map(async ([way, ask]) => {
          const { body } = await ask();
          const found = WORDS.filter((word) => body.toLowerCase().includes(word));
          // The search page shows the words it was asked for.
          expect(way.includes("search") ? found.slice(1) : found, `${name}: ${way}`).toEqual([]);
        }),
      );
    }
  });

  it("shows strangers that it exists, and to whom it is sold", async () => {
    const locked = await strangers.Anonymous?.send(`/learn/${course.slug}/${lesson}`);
    expect(locked?.status).toBe(200);
    expect(locked?.body).toContain(course.title);
  });

  it("is closed the moment its owner's right ends", async () => {
    const leaver = await makePerson(shop, "Leaver");
    await sell(shop, leaver.userId, course, "completed");
    const page = `/learn/${course.slug}/${lesson}`;
    expect((await leaver.visitor.send(page)).body).toContain(SOLD.body);
    expect((await sendPulse(leaver.visitor)).body).toBe('{"access":"open"}');
    await shop.db
      .update(enrollments)
      .set({ status: "refunded" })
      .where(and(eq(enrollments.userId, leaver.userId), eq(enrollments.courseId, course.id)));
    for (const [way, ask] of ways(leaver.visitor).slice(0, 6))
      expect((await ask()).body, way).not.toContain(SOLD.body);
    expect((await sendPulse(leaver.visitor)).body).toBe('{"access":"locked"}');
  });

  it("is open to an admin, as long as they are one", async () => {
    const admin = await makePerson(shop, "Admin");
    const page = `/learn/${course.slug}/${lesson}`;
    await shop.db.update(users).set({ role: "admin" }).where(eq(users.id, admin.userId));
    expect((await admin.visitor.send(page)).body).toContain(SOLD.body);
    await shop.db.update(users).set({ role: "learner" }).where(eq(users.id, admin.userId));
    expect((await admin.visitor.send(page)).body).not.toContain(SOLD.body);
  });

  it("has pictures that only its readers get, and that run nothing when they are opened by themselves", async () => {
    const { visitor } = owner;
    const picture = await visitor.send(fileOf(course));
    expect(picture.status).toBe(200);
    expect(picture.body).toContain(DRAWN);
    expect(picture.headers).toMatchObject({
      "content-type": "image/svg+xml",
      "content-disposition": 'inline; filename="kastanie.svg"',
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-cache",
      "cross-origin-resource-policy": "same-origin",
    });
    const policy = String(picture.headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none'; .*; sandbox$/);
    expect(policy).not.toContain("script");
    const again = { headers: { "if-none-match": String(picture.headers.etag) } };
    expect((await visitor.send(fileOf(course), again)).status).toBe(304);
    for (const stranger of Object.values(strangers))
      expect((await stranger.send(fileOf(course), again)).status).toBe(404);
    await shop.sql`update course_files set media_type = 'text/html', width = null where name = 'kastanie.svg'`;
    const download = await visitor.send(fileOf(course));
    expect(download.headers["content-disposition"]).toBe('attachment; filename="kastanie.svg"');
  });

  it("is in no file that the server keeps for the next visitor", () => {
    const kept = ["server/app", "server/route-cache", "cache/fetch-cache", "static"]
      .map((folder) => join(".next", folder))
      .flatMap((folder) => listFiles(folder));
    expect(kept.length).toBeGreaterThan(10);
    for (const file of kept) {
      const text = readFileSync(file, "utf8");
      expect(
        WORDS.filter((word) => text.includes(word)),
        file,
      ).toEqual([]);
    }
  });
});

describe("What is written beside a lesson", () => {
  const counts = () =>
    shop.sql`select (select count(*) from lesson_notes)::int as notes, (select count(*) from lesson_positions)::int as places,
      (select count(*) from activity_quarters)::int as quarters`;

  it("is written by nobody who may not read it, and by no page that is not ours", async () => {
    const before = await counts();
    for (const visitor of Object.values(strangers)) expect((await sendPulse(visitor)).status).toBe(200);
    for (const origin of ["https://evil.example", "null"]) {
      const answer = await owner.visitor.send("/api/learning/pulse", {
        method: "POST",
        headers: { "content-type": "application/json", origin },
        body: JSON.stringify({ course: course.slug, lesson, permille: 10 }),
      });
      expect(answer.status).toBe(403);
    }
    for (const body of ["", "{}", "[]", "null", '{"course":"x","lesson":"y","permille":-1}']) {
      const headers = { "content-type": "application/json", origin: shop.origin };
      const answer = await owner.visitor.send("/api/learning/pulse", { method: "POST", headers, body });
      expect(answer.status, body).toBe(400);
    }
    expect(await counts()).toEqual(before);
  });
});

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(html|rsc|body|meta|json|txt|js)$/.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  } catch {
    return [];
  }
}
