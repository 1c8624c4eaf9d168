import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { rateLimits, userSessions } from "@/db/schema/identity";
import { newId } from "@/lib/ids";
import { startMailSandbox } from "../../../sandbox/mail/start";
import { createTestDatabase } from "../../support/database";
import { addUser } from "../learning/course-factory";

const folder = mkdtempSync(join(tmpdir(), "lectern-worker-"));
const [database, mail] = [await createTestDatabase(), await startMailSandbox({ dataDir: folder })];
const { queueEmail } = await import("@/lib/notifications/mutations");
const { findLastPulse } = await import("@/lib/jobs/queries");
const { pruneExpired } = await import("@/lib/jobs/mutations");
afterAll(async () => {
  await database.close();
  await mail.close();
  rmSync(folder, { recursive: true, force: true });
});

type Worker = {
  readonly process: ChildProcess;
  readonly lines: string[];
  readonly ended: Promise<unknown[]>;
};
const workers: Worker[] = [];
afterEach(({ task }) => {
  for (const worker of workers.splice(0)) {
    worker.process.kill("SIGKILL");
    if (task.result?.state === "fail") console.error(worker.lines.join("\n"));
  }
});

function startWorker(): Worker {
  const child = spawn(process.execPath, ["--import", "./scripts/typescript.mjs", "scripts/worker.ts"], {
    env: { ...process.env, DATABASE_URL: database.url, RESEND_BASE_URL: mail.url, LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => lines.push(...chunk.toString().split("\n").filter(Boolean)));
  }
  const worker = { process: child, lines, ended: once(child, "exit") };
  workers.push(worker);
  return worker;
}

async function queue(): Promise<void> {
  await queueEmail(database.db, {
    kind: "enrollment_welcome",
    subjectId: newId(),
    userId: null,
    toAddress: "ada@example.org",
    payload: {
      name: "Ada",
      isFree: true,
      courses: [{ title: "Python from zero", slug: "python-from-zero", firstLesson: null }],
    },
  });
}
const delivered = (count: number) =>
  vi.waitFor(() => expect(mail.emails()).toHaveLength(count), { timeout: 40_000, interval: 100 });

test("two workers send, survive their connections being cut, leave a pulse, and end when told", async () => {
  await queue();
  const running = [startWorker(), startWorker()];
  await delivered(1);
  await vi.waitFor(async () => expect(await findLastPulse()).not.toBeNull(), {
    timeout: 40_000,
    interval: 200,
  });

  await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`;
  await queue();
  await delivered(2);
  expect(running.map((worker) => worker.process.exitCode)).toEqual([null, null]);

  for (const worker of running) worker.process.kill("SIGTERM");
  const ended = await Promise.all(running.map((worker) => worker.ended));
  expect(ended).toEqual([
    [0, null],
    [0, null],
  ]);
  for (const line of running.flatMap((worker) => worker.lines)) {
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), time: expect.any(String) });
    expect(line).not.toContain("ada@example.org");
  }
}, 150_000);

test("what has run out is deleted, and nothing else", async () => {
  const { db } = database;
  const { userId } = await addUser(db);
  await db.insert(userSessions).values([
    { userId, expiresAt: sql`now() + interval '1 hour'` },
    { userId, expiresAt: sql`now() - interval '1 second'` },
    { userId, expiresAt: sql`now() + interval '1 hour'`, lastSeenAt: sql`now() - interval '31 days'` },
  ]);
  await db.insert(rateLimits).values([
    { key: "over", points: 1, expire: sql`now() - interval '1 second'` },
    { key: "counting", points: 1, expire: sql`now() + interval '1 minute'` },
    { key: "for ever", points: 1, expire: null },
  ]);
  expect(await pruneExpired()).toBe(3);
  expect(await db.select().from(userSessions)).toHaveLength(1);
  expect((await db.select().from(rateLimits)).map((row) => row.key).toSorted()).toEqual([
    "counting",
    "for ever",
  ]);
});
