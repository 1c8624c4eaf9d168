import { readFileSync } from "node:fs";
import { and, eq, isNull } from "drizzle-orm";
import { v4 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { courses, exercises, lessons } from "@/db/schema/catalog";
import { accountName } from "@/lib/exercises/account-name";
import { watchChanges } from "./changes";
import { findLeak } from "./leaks";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { makeWorld, type World } from "./world";

let shop: BuiltShop;
let world: World;
let exercise: string;

beforeAll(async () => {
  shop = await startBuiltShop();
  world = await makeWorld(shop);
  const [found] = await shop.db
    .select({ slug: exercises.slug })
    .from(exercises)
    .innerJoin(lessons, eq(lessons.id, exercises.lessonId))
    .where(and(eq(lessons.slug, world.lesson), isNull(exercises.archivedAt)));
  if (!found) throw new Error("The lesson needs an exercise.");
  exercise = found.slug;
});
afterAll(() => shop?.close());

const attempt = () => ({
  id: v4(),
  course: world.owned,
  exercise,
  code: "pass",
  testsPassed: 1,
  testsTotal: 2,
  solutionShown: false,
  ageMs: 0,
});

function post(visitor: Visitor, path: string, body: unknown, headers: Record<string, string> = {}) {
  return visitor.send(path, {
    method: "POST",
    headers: { origin: shop.origin, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

it("gives a lesson's tests and solution to nobody who may not read it", async () => {
  const path = `/learn/${world.owned}/${world.lesson}/exercises`;
  for (const visitor of [shop.visitor(), world.other.visitor]) {
    for (const address of [path, `${path}/${exercise}`]) {
      const answer = await visitor.send(address);
      expect(answer.status, address).toBe(404);
      expect(findLeak(answer.body)).toBeNull();
    }
  }
  const own = await world.learner.visitor.send(path);
  expect(own.status).toBe(200);
  expect(own.headers["cache-control"]).toContain("no-store");
  expect((await world.learner.visitor.send(`${path}/${exercise}`)).status).toBe(403);
});

it("gives nothing of a preview's exercises away while its course is not on sale", async () => {
  const [preview] = await shop.db
    .select({ courseId: courses.id, course: courses.slug, lesson: lessons.slug, exercise: exercises.slug })
    .from(exercises)
    .innerJoin(lessons, eq(lessons.id, exercises.lessonId))
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .where(and(eq(courses.status, "published"), eq(lessons.freePreview, true), isNull(exercises.archivedAt)))
    .limit(1);
  if (!preview) throw new Error("The catalogue needs a preview with an exercise.");
  const path = `/learn/${preview.course}/${preview.lesson}/exercises`;
  const statuses = async () => {
    const seen: number[] = [];
    for (const address of [path, `${path}/${preview.exercise}`])
      seen.push((await shop.visitor().send(address)).status);
    return seen;
  };
  expect(await statuses()).toEqual([200, 200]);
  for (const status of ["draft", "archived"] as const) {
    await shop.db.update(courses).set({ status }).where(eq(courses.id, preview.courseId));
    expect(await statuses(), status).toEqual([404, 404]);
  }
  await shop.db.update(courses).set({ status: "published" }).where(eq(courses.id, preview.courseId));
});

it("takes results, drafts, ticks and notes from their learner only, and from our own pages", async () => {
  const draft = { course: world.owned, exercise, code: "x = 1", baseVersion: 0, ageMs: 0 };
  const calls: [string, unknown][] = [
    ["/api/exercises/attempts", attempt()],
    ["/api/exercises/drafts", draft],
    ["/api/learning/marks", { course: world.owned, lesson: world.lesson, completed: true, ageMs: 0 }],
    ["/api/learning/notes", { course: world.owned, lesson: world.lesson, revision: 0, body: "Again." }],
  ];
  const changes = await watchChanges(shop);
  for (const [path, body] of calls) {
    expect((await post(shop.visitor(), path, body)).status, path).toBe(401);
    expect((await post(world.learner.visitor, path, body, { origin: "https://evil.example" })).status).toBe(
      403,
    );
    expect((await post(world.other.visitor, path, body)).status).toBe(403);
    // A page of the learner's, left open where somebody else signed in since.
    const left = { "lectern-account": accountName(world.other.userId) };
    expect((await post(world.learner.visitor, path, body, left)).status, path).toBe(401);
    for (const wrong of [
      "",
      "{",
      "[]",
      "null",
      { ...attempt(), code: "a\u0000" },
      { ...attempt(), id: "1" },
      "x".repeat(600_000),
    ])
      expect((await post(world.learner.visitor, path, wrong)).status, path).toBe(400);
  }
  const changed = (await changes()).filter((one) => !one.startsWith("rate_limits"));
  expect(changed).toEqual([]);
  for (const [path, body] of [...calls, ...calls])
    expect((await post(world.learner.visitor, path, body)).status, path).toBe(200);
  const failed = await post(world.learner.visitor, "/api/exercises/attempts", attempt());
  expect(JSON.parse(failed.body)).toEqual({ code: "saved", passed: false });
});

it("lets workers, and no page, compile WebAssembly; and never changes what it called immutable", async () => {
  const worker = await shop.visitor().send("/workers/python.js");
  expect(worker.headers["content-security-policy"]).toContain("'wasm-unsafe-eval'");
  expect((await shop.visitor().send("/workers/nope.js")).status).toBe(404);
  const page = await world.learner.visitor.send(`/learn/${world.owned}/${world.lesson}`);
  expect(page.headers["content-security-policy"]).not.toContain("wasm-unsafe-eval");
  const runtime = await shop.visitor().send("/runtime/sqljs-1.16.0/sql-wasm-browser.wasm");
  expect(runtime.headers["cache-control"]).toContain("immutable");
  expect(runtime.headers["content-type"]).toBe("application/wasm");
  const script = await fetch(`${shop.origin}/runtime/pyodide-314.0.7/pyodide.mjs`, {
    headers: { "accept-encoding": "gzip, deflate, br, zstd" },
  });
  expect(await script.text()).toBe(readFileSync("node_modules/pyodide/pyodide.mjs", "utf8"));
  expect((await shop.visitor().send("/runtime/sqljs-1.16.0/..%2f..%2fpackage.json")).status).toBe(404);
});
