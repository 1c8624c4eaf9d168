import { Agent, get } from "node:http";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import type { SessionId, UserId } from "../lib/ids";
import { startBareApplication } from "./bare-page";
import { compare, type Figure, median } from "./figures";
import type { BenchShop } from "./start-shop";

const ROUNDS = 9;
const WARM_ROUNDS = 25;
const REQUESTS_PER_ROUND = 40;
const MOST_RATIO = 1.5;
/** The longest and most colourful of the lessons that ship: two exercises, a picture, formulas, a dozen blocks of code. */
const COURSE = "data-structures";
const LESSON = "lists-from-the-inside";
/** An idle connection of Postgres tells its counters after this. */
const COUNTED_AFTER_MS = 11_000;

/**
 * What the server takes for a lesson of somebody who is enrolled, from the request to the last byte, against three dynamic
 * pages that put the lesson's own questions to the same database in the same order: one, then the others at once. `empty` shows
 * how many rows each got: the least that Next and the database take. The others show the lesson's text, exercises and questions
 * besides, without outline, access, progress and notes: `string` as HTML that is ready, which is the least for a page that
 * shows them, `text` element by element, which is what React takes for a page of this length.
 */
export async function* measureLessonPage(shop: BenchShop): AsyncGenerator<Figure> {
  const url = `${shop.origin}/learn/${COURSE}/${LESSON}`;
  const reader = await enrolReader();
  // As browsers say it.
  const headers = { cookie: reader.cookie, "sec-fetch-mode": "navigate" };
  const ask = () => medianTime(url, headers);
  await warm(ask);
  const queries = await recordQueries(reader);
  const asked = await countQueries(ask);
  if (asked !== queries.length)
    throw new Error(`The page asks ${asked} times, recorded were ${queries.length}.`);
  const article = /<article>.*<\/article>/s.exec(await read(url, headers))?.[0] ?? "";
  const shown = {
    empty: { tree: [], html: "" },
    string: { tree: [], html: article },
    text: { tree: toTree(article), html: "" },
  };
  for (const [against, { tree, html }] of Object.entries(shown)) {
    const files = bareFiles(queries, tree, html);
    const bare = await startBareApplication(`bare-${against}`, files, { DATABASE_URL: shop.databaseUrl });
    try {
      const askBare = () => medianTime(bare.url, {});
      await warm(askBare);
      const times = await compare(ROUNDS, ask, askBare);
      const name = `lesson:server-time:${asked}-queries:${against}`;
      yield { name, ...times, unit: "ms", goal: { atMost: MOST_RATIO } };
    } finally {
      await bare.close();
    }
  }
}

/** An element's name, class and content; text is a string. */
type Tree = (string | [tag: string, className: string, content: Tree])[];

const EMPTY_TAGS = new Set(["area", "br", "hr", "img", "input", "link", "meta", "wbr"]);

/** React writes HTML that needs no more of a parser than this. */
function toTree(html: string): Tree {
  const root: Tree = [];
  const open: Tree[] = [root];
  for (const [, end, tag = "", attributes = "", words] of html.matchAll(
    /<(\/?)([a-z][\w-]*)([^>]*)>|([^<]+)/gi,
  )) {
    const into = open.at(-1) ?? root;
    if (words !== undefined) into.push(words);
    else if (end === "/") open.pop();
    else {
      const content: Tree = [];
      into.push([tag, /\sclass="([^"]*)"/.exec(attributes)?.[1] ?? "", content]);
      if (!EMPTY_TAGS.has(tag)) open.push(content);
    }
  }
  return root;
}

type Seated = { readonly userId: UserId; readonly sessionId: SessionId; readonly cookie: string };

/** A person with a seat in the course, and a session of theirs. */
async function enrolReader(): Promise<Seated> {
  const [{ db }, { users }, { courses }, { enrollments }, { createSession }, { encode }, { env }] =
    await Promise.all([
      import("../db/client"),
      import("../db/schema/identity"),
      import("../db/schema/catalog"),
      import("../db/schema/learning"),
      import("../lib/identity/mutations"),
      import("@auth/core/jwt"),
      import("../lib/env"),
    ]);
  const [reader] = await db()
    .insert(users)
    .values({ email: "reader@example.test", name: "Reader", emailVerifiedAt: new Date() })
    .returning({ id: users.id });
  const [course] = await db()
    .select({ id: courses.id })
    .from(courses)
    .where(sql`${courses.slug} = ${COURSE}`);
  if (!reader || !course) throw new Error("There is no reader, or no course.");
  await db().insert(enrollments).values({ userId: reader.id, courseId: course.id, enrollmentType: "gifted" });
  const sessionId = await createSession(reader.id, new Date(), true);
  const name = "lectern_session";
  const token = await encode({ token: { sessionId }, secret: env().AUTH_SECRET, salt: name });
  return { userId: reader.id, sessionId, cookie: `${name}=${token}` };
}

type Query = { readonly text: string; readonly values: unknown[] };

/** What the page asks, by the shop's own code: who it is, then the rest. */
async function recordQueries({ userId, sessionId }: Seated): Promise<Query[]> {
  const [{ db }, { findLiveSession }, { findLesson }, { findLastQuizAttempt }] = await Promise.all([
    import("../db/client"),
    import("../lib/identity/queries"),
    import("../lib/learning/queries"),
    import("../lib/exercises/queries"),
  ]);
  const seen: Query[] = [];
  Reflect.set(db()._.session, "logger", {
    logQuery: (text: string, values: unknown[]) => seen.push({ text, values }),
  });
  await findLiveSession(sessionId);
  await Promise.all([
    findLesson({ userId }, COURSE, LESSON),
    findLastQuizAttempt({ userId }, COURSE, LESSON),
  ]);
  return seen.splice(0);
}

/** Statements of one visit up to its answer. What the place of reading takes comes after that. */
async function countQueries(visitOften: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    await new Promise((done) => setTimeout(done, COUNTED_AFTER_MS));
    const { db } = await import("../db/client");
    const [row] = await db().execute<{ count: number }>(
      sql`select xact_commit::int as count from pg_stat_database where datname = current_database()`,
    );
    return row?.count ?? 0;
  };
  const before = await count();
  await visitOften();
  const all = Math.round(((await count()) - before) / REQUESTS_PER_ROUND);
  return all - 1;
}

/** V8 goes on making a process faster for some hundreds of requests. */
async function warm(visitOften: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < WARM_ROUNDS; time += 1) await visitOften();
}

const keptAlive = new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds, one request after the other over one connection. */
async function medianTime(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const times: number[] = [];
  for (let request = 0; request < REQUESTS_PER_ROUND; request += 1) {
    const started = performance.now();
    await read(url, headers);
    times.push(performance.now() - started);
  }
  return median(times);
}

function read(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((done, fail) => {
    get(url, { agent: keptAlive, headers: { accept: "text/html", ...headers } }, (answer) => {
      if (answer.statusCode !== 200) fail(new Error(`${url}: ${answer.statusCode}`));
      text(answer).then(done, fail);
    }).on("error", fail);
  });
}

const bareFiles = (queries: readonly Query[], tree: Tree, html: string) => ({
  "app/queries.json": JSON.stringify(queries),
  "app/tree.json": JSON.stringify(tree),
  "app/html.json": JSON.stringify(html),
  "app/page.js": `import postgres from "postgres";
import { createElement } from "react";
import html from "./html.json";
import queries from "./queries.json";
import tree from "./tree.json";

export const dynamic = "force-dynamic";

const sql = (globalThis.sql ??= postgres(process.env.DATABASE_URL));

function draw(node, key) {
  if (typeof node === "string") return node;
  const [tag, className, content] = node;
  return createElement(tag, { key, className }, content.length === 0 ? null : content.map(draw));
}

const ask = ({ text, values }) => sql.unsafe(text, values, { prepare: true });

export default async function Page() {
  const [first, ...others] = queries;
  const answers = [await ask(first), ...(await Promise.all(others.map(ask)))];
  return <main><h1>Bare</h1>{answers.map((rows, place) => <p key={place}>{rows.length}</p>)}{tree.map(draw)}{html && <div dangerouslySetInnerHTML={{ __html: html }} />}</main>;
}
`,
});
