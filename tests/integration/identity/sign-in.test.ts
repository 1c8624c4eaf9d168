import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "@/db/client";
import { rateLimits } from "@/db/schema/identity";
import { limits } from "@/lib/identity/limits";
import { checkSignIn, createSession, demoteAdmin, makeAdmin, registerUser } from "@/lib/identity/mutations";
import { findLiveSession } from "@/lib/identity/queries";
import { createThrottles } from "@/lib/identity/throttle";
import { createTestDatabase } from "../../support/database";

const password = "plum ladder stove";
let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const register = (email: string) => registerUser({ email, name: "Mira", password });
const tryFrom = (address: string, email: string, typed: string) =>
  checkSignIn({ email, address, password: typed });

describe("registering", () => {
  it("keeps argon2id at the recommended cost, and no password", async () => {
    await register("hash@example.com");
    const [user] = await database.sql`select * from users where email = 'hash@example.com'`;
    expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(user?.role).toBe("learner");
    expect(JSON.stringify(user)).not.toContain(password);
  });

  it("makes one user of thirty that race for one address", async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => register("race@example.com")));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.error === "address_unavailable")).toHaveLength(29);
    expect(await database.sql`select 1 from users where email = 'race@example.com'`).toHaveLength(1);
  });
});

describe("signing in", () => {
  it("takes the exact password only", async () => {
    await register("exact@example.com");
    expect(await tryFrom("192.0.2.1", "exact@example.com", password)).toMatchObject({ ok: true });
    for (const other of [`${password} `, password.toUpperCase(), password.slice(0, -1), ""]) {
      expect(await tryFrom("192.0.2.2", "exact@example.com", other)).toEqual({
        ok: false,
        error: "wrong_credentials",
      });
    }
  });

  it("compares all of a long password", async () => {
    const long = "é".repeat(127);
    await registerUser({ email: "long@example.com", name: "Mira", password: `${long}a` });
    expect(await tryFrom("192.0.2.3", "long@example.com", `${long}b`)).toMatchObject({ ok: false });
    expect(await tryFrom("192.0.2.3", "long@example.com", `${long}a`)).toMatchObject({ ok: true });
  });

  it("answers an unknown address as a wrong password", async () => {
    await register("known@example.com");
    for (const who of ["known", "unknown"]) {
      expect(await tryFrom("198.51.100.1", `${who}@example.com`, "not this one")).toEqual({
        ok: false,
        error: "wrong_credentials",
      });
    }
  });

  it("pauses one account at one address after five failures, and nobody else", async () => {
    await Promise.all([register("paused@example.com"), register("neighbour@example.com")]);
    for (let failure = 0; failure < limits.signInHere.points; failure += 1) {
      expect(await tryFrom("203.0.113.1", "paused@example.com", "wrong")).toEqual({
        ok: false,
        error: "wrong_credentials",
      });
    }
    expect(await tryFrom("203.0.113.1", "paused@example.com", password)).toEqual({
      ok: false,
      error: "throttled",
    });
    expect(await tryFrom("203.0.113.1", "neighbour@example.com", password)).toMatchObject({ ok: true });
    expect(await tryFrom("203.0.113.2", "paused@example.com", password)).toMatchObject({ ok: true });
  });

  it("does not count successes", async () => {
    await register("often@example.com");
    for (let time = 0; time < 12; time += 1) {
      expect(await tryFrom("203.0.113.3", "often@example.com", password)).toMatchObject({ ok: true });
    }
  });

  it("stops guesses from ever new addresses, and still lets the owner in where they signed in before", async () => {
    await register("attacked@example.com");
    await tryFrom("203.0.113.4", "attacked@example.com", password);
    const guesses = [];
    for (let guess = 0; guess < 100; guess += 1)
      guesses.push(await tryFrom(`10.0.0.${guess}`, "attacked@example.com", "wrong"));
    const compared = guesses.filter((answer) => !answer.ok && answer.error === "wrong_credentials");
    expect(compared).toHaveLength(limits.signInAccountHour.points);
    expect(await tryFrom("10.0.1.1", "attacked@example.com", password)).toEqual({
      ok: false,
      error: "throttled",
    });
    expect(await tryFrom("203.0.113.4", "attacked@example.com", password)).toMatchObject({ ok: true });
  });

  it("stops one address that goes through many accounts", async () => {
    const answers = [];
    for (let account = 0; account < limits.signInAddress.points + 3; account += 1) {
      answers.push(await tryFrom("203.0.113.5", `nobody-${account}@example.com`, "wrong"));
    }
    expect(answers.slice(-3)).toEqual(Array.from({ length: 3 }, () => ({ ok: false, error: "throttled" })));
  });

  it("writes down neither e-mail nor IP addresses for the throttles", async () => {
    const keys = (await database.db.select({ key: rateLimits.key }).from(rateLimits)).map((row) => row.key);
    expect(keys.length).toBeGreaterThan(10);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z]+:[A-Za-z0-9_-]{43}$/);
  });
});

describe("throttles", () => {
  it("hold over two instances with pools of their own, whoever races", async () => {
    const instances = [createDatabase(database.url), createDatabase(database.url)];
    const [one, two] = instances.map((instance) => createThrottles(instance.db));
    const tries = await Promise.all(
      Array.from({ length: 40 }, (_, number) => (number % 2 ? one : two)?.take("couponVisitor", "cart-1")),
    );
    expect(tries.filter((answer) => answer?.ok)).toHaveLength(limits.couponVisitor.points);
    const refused = tries.find((answer) => answer && !answer.ok);
    expect(refused).toMatchObject({ retryAfterSeconds: expect.any(Number) });
    if (refused && !refused.ok) {
      expect(refused.retryAfterSeconds).toBeGreaterThan(limits.couponVisitor.seconds - 60);
      expect(refused.retryAfterSeconds).toBeLessThanOrEqual(limits.couponVisitor.seconds);
    }
    expect(await two?.take("couponVisitor", "cart-2")).toEqual({ ok: true });
    await Promise.all(instances.map((instance) => instance.close()));
  });

  it("give back what was harmless", async () => {
    const throttles = createThrottles(database.db);
    for (let time = 0; time < 3 * limits.couponVisitor.points; time += 1) {
      expect(await throttles.take("couponVisitor", "cart-3")).toEqual({ ok: true });
      await throttles.giveBack("couponVisitor", "cart-3");
    }
  });

  it("begin anew when their time is over", async () => {
    const throttles = createThrottles(database.db);
    for (let time = 0; time < limits.signInHere.points; time += 1) await throttles.take("signInHere", "late");
    expect(await throttles.take("signInHere", "late")).toMatchObject({ ok: false });
    await database.sql`update rate_limits set expire = now() - interval '1 second' where key like 'signInHere:%'`;
    expect(await throttles.take("signInHere", "late")).toEqual({ ok: true });
  });
});

describe("admins", () => {
  const makeOne = (email: string) => makeAdmin({ email, name: "Ada", password: "another long password" });

  it("are made anew, or of an account whose old password and sessions then end", async () => {
    const registered = await register("squatted@example.com");
    if (!registered.ok) throw new Error(registered.error);
    const session = await createSession(registered.value, new Date(), true);
    expect(await makeOne("squatted@example.com")).toBe(registered.value);
    expect(await findLiveSession(session)).toBeNull();
    expect(await tryFrom("192.0.2.9", "squatted@example.com", password)).toMatchObject({ ok: false });
    expect(await tryFrom("192.0.2.9", "squatted@example.com", "another long password")).toMatchObject({
      ok: true,
    });
    expect(await demoteAdmin("squatted@example.com")).toEqual({ ok: false, error: "last_admin" });
  });

  it("keep their last one, even when two demote each other", async () => {
    expect(await demoteAdmin("race@example.com")).toEqual({ ok: false, error: "not_an_admin" });
    await Promise.all([makeOne("one@example.com"), makeOne("two@example.com")]);
    expect(await demoteAdmin("squatted@example.com")).toMatchObject({ ok: true });
    const answers = await Promise.all([demoteAdmin("one@example.com"), demoteAdmin("two@example.com")]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.error === "last_admin")).toHaveLength(1);
  });
});
