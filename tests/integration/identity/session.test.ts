import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSession, deleteSession, registerUser, touchSession } from "@/lib/identity/mutations";
import { findLiveSession } from "@/lib/identity/queries";
import type { UserId } from "@/lib/ids";
import { createTestDatabase } from "../../support/database";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let userId: UserId;

beforeAll(async () => {
  database = await createTestDatabase();
  const registered = await registerUser({
    email: "mira@example.com",
    name: "Mira",
    password: "plum ladder stove",
  });
  if (!registered.ok) throw new Error(registered.error);
  userId = registered.value;
});
afterAll(() => database.close());

const newSession = (stay = true) => createSession(userId, new Date(), stay);

describe("a session", () => {
  it("answers its user, without the password", async () => {
    const id = await newSession();
    expect(await findLiveSession(id)).toEqual({
      userId,
      sessionId: id,
      name: "Mira",
      email: "mira@example.com",
      role: "learner",
      avatar: 0,
      timeZone: null,
      locale: null,
      theme: "system",
      emailVerified: true,
      secondFactor: false,
      seenLately: true,
    });
  });

  it("has a new id every time", async () => {
    expect(await newSession()).not.toBe(await newSession());
  });

  it("is over at once when its row goes, by signing out or with its user", async () => {
    const [one, two] = [await newSession(), await newSession()];
    await deleteSession(one);
    expect(await findLiveSession(one)).toBeNull();
    expect(await findLiveSession(two)).not.toBeNull();
    const doomed = await registerUser({
      email: "gone@example.com",
      name: "Gone",
      password: "plum ladder stove",
    });
    if (!doomed.ok) throw new Error(doomed.error);
    const theirs = await createSession(doomed.value, new Date(), true);
    await database.sql`delete from users where id = ${doomed.value}`;
    expect(await findLiveSession(theirs)).toBeNull();
  });

  it("ends after thirty idle days, unless somebody comes by", async () => {
    const [idle, used] = [await newSession(), await newSession()];
    await database.sql`update user_sessions set last_seen_at = now() - interval '29 days 23 hours' where id in ${database.sql([idle, used])}`;
    expect(await findLiveSession(used)).toMatchObject({ seenLately: false });
    await touchSession(used);
    await database.sql`update user_sessions set last_seen_at = last_seen_at - interval '2 hours' where id in ${database.sql([idle, used])}`;
    expect(await findLiveSession(idle)).toBeNull();
    expect(await findLiveSession(used)).not.toBeNull();
  });

  it("ends ninety days after signing in, however busy; half a day when it was not to stay", async () => {
    const [long, short] = [await newSession(), await newSession(false)];
    const rows = await database.sql`
      select id, extract(epoch from expires_at - created_at) / 3600 as hours from user_sessions where id in ${database.sql([long, short])}`;
    const hours = new Map(rows.map((row) => [row.id, Math.round(Number(row.hours))]));
    expect(hours.get(long)).toBe(90 * 24);
    expect(hours.get(short)).toBe(12);
    await database.sql`update user_sessions set expires_at = now() where id = ${long}`;
    expect(await findLiveSession(long)).toBeNull();
  });

  it("reads the role anew each time", async () => {
    const id = await newSession();
    await database.sql`update users set role = 'admin' where id = ${userId}`;
    expect(await findLiveSession(id)).toMatchObject({ role: "admin" });
    await database.sql`update users set role = 'learner' where id = ${userId}`;
    expect(await findLiveSession(id)).toMatchObject({ role: "learner" });
  });

  it("notes a visit at most once in some minutes", async () => {
    const id = await newSession();
    const seenAt = async () =>
      (await database.sql`select last_seen_at::text as at from user_sessions where id = ${id}`)[0]?.at;
    const before = await seenAt();
    await touchSession(id);
    expect(await seenAt()).toBe(before);
  });

  it("takes the user's dead sessions away when a new one begins", async () => {
    const dead = await newSession();
    await database.sql`update user_sessions set expires_at = now() - interval '1 second' where id = ${dead}`;
    await newSession();
    expect(await database.sql`select 1 from user_sessions where id = ${dead}`).toHaveLength(0);
  });
});
