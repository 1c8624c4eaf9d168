import { Agent, get } from "node:http";
import { sql } from "drizzle-orm";
import { startBareApplication } from "./bare-page";
import { compare, type Figure, median } from "./figures";
import type { BenchShop } from "./start-shop";

const ROUNDS = 9;
const REQUESTS_PER_ROUND = 40;
const MOST_RATIO = 1.5;
/** The longest and most colourful of the lessons that ship: two exercises, a picture, formulas, a dozen blocks of code. */
const COURSE = "data-structures";
const LESSON = "lists-from-the-inside";
/** An idle connection of Postgres tells its counters after this. */
const COUNTED_AFTER_MS = 11_000;

/**
 * What the server takes for a lesson of somebody who is enrolled, from the request to the last byte, against a dynamic page
 * that asks the same database as many questions, one after the other, and shows one line for each: what Next, React and
 * the database take anyway.
 */
export async function* measureLessonPage(shop: BenchShop): AsyncGenerator<Figure> {
  const url = `${shop.origin}/learn/${COURSE}/${LESSON}`;
  const headers = { cookie: await enrolReader() };
  const ask = () => medianTime(url, headers);
  await ask();
  const queries = await countQueries(ask);
  const bare = await startBareApplication("bare-queries", bareFiles(queries), {
    DATABASE_URL: shop.databaseUrl,
  });
  try {
    const askBare = () => medianTime(bare.url, {});
    await askBare();
    const times = await compare(ROUNDS, ask, askBare);
    yield {
      name: `lesson:server-time:${queries}-queries`,
      ...times,
      unit: "ms",
      goal: { atMost: MOST_RATIO },
    };
  } finally {
    await bare.close();
  }
}

/** A person with a seat in the course, and the cookie of a session of theirs. */
async function enrolReader(): Promise<string> {
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
  return `${name}=${token}`;
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

const keptAlive = new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds, one request after the other over one connection. */
async function medianTime(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const times: number[] = [];
  for (let request = 0; request < REQUESTS_PER_ROUND; request += 1) {
    const started = performance.now();
    await readAll(url, headers);
    times.push(performance.now() - started);
  }
  return median(times);
}

function readAll(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((done, fail) => {
    get(url, { agent: keptAlive, headers: { accept: "text/html", ...headers } }, (answer) => {
      if (answer.statusCode !== 200) fail(new Error(`${url}: ${answer.statusCode}`));
      answer.resume();
      answer.on("end", done);
      answer.on("error", fail);
    }).on("error", fail);
  });
}

const bareFiles = (queries: number) => ({
  "app/page.js": `import postgres from "postgres";

export const dynamic = "force-dynamic";

const sql = (globalThis.sql ??= postgres(process.env.DATABASE_URL));

export default async function Page() {
  const titles = [];
  for (let place = 0; place < ${queries}; place += 1) {
    const [lesson] = await sql\`select title from lessons where position = \${place} limit 1\`;
    titles.push(lesson?.title ?? "");
  }
  return <main><h1>Bare</h1>{titles.map((title, place) => <p key={place}>{title}</p>)}</main>;
}
`,
});
