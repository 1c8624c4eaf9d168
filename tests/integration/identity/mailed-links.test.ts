import { sql } from "drizzle-orm";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  completeSignUp,
  findLinkOwner,
  findSignUp,
  openSignInLink,
  requestLink,
  requestSignUp,
  resetPassword,
  verifyAddress,
} from "@/lib/identity/mailed-links";
import { checkSignIn, createSession, registerUser } from "@/lib/identity/mutations";
import { hashPassword } from "@/lib/identity/password";
import { findLiveSession } from "@/lib/identity/queries";
import { pruneExpired } from "@/lib/jobs/mutations";
import { createTestDatabase } from "../../support/database";
import { mailsTo, tokenMailedTo } from "../../support/one-outbox";

/** Counted where our code hands work to others; the work itself is theirs, as always. */
const done = vi.hoisted(() => ({ statements: [] as string[], hashes: 0 }));
vi.mock("postgres", async (original) => {
  const { default: connect } = await original<{ default: typeof postgres }>();
  const counted = (url: string, options: postgres.Options<Record<string, never>>) =>
    connect(url, { ...options, debug: (_connection, text) => void done.statements.push(text) });
  return { default: counted };
});
vi.mock("@node-rs/argon2", async (original) => {
  const actual = await original<typeof import("@node-rs/argon2")>();
  const hash: typeof actual.hash = (...args) => {
    done.hashes += 1;
    return actual.hash(...args);
  };
  const verify: typeof actual.verify = (...args) => {
    done.hashes += 1;
    return actual.verify(...args);
  };
  return { ...actual, hash, verify };
});

const password = "plum ladder stove";
const browser = "b".repeat(43);
let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const signUp = (email: string, name = "Mira") =>
  requestSignUp({ email, name, password, browser, returnTo: undefined });

async function register(email: string) {
  const registered = await registerUser({ email, name: "Mira", password });
  if (!registered.ok) throw new Error(registered.error);
  return registered.value;
}

const usersWith = (email: string) => database.sql`select * from users where email = ${email}`;
const twenty = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, work));

describe("an account", () => {
  it("is made by the link of the mail, once, with the mailbox proved", async () => {
    await signUp("new@example.com");
    expect(await usersWith("new@example.com")).toHaveLength(0);
    const token = await tokenMailedTo(database.db, "new@example.com", "sign_up_link");
    expect(await findSignUp(token, browser)).toEqual({
      name: "Mira",
      email: "new@example.com",
      sameBrowser: true,
    });
    const made = await twenty(() => completeSignUp(token, { browser, password: null }));
    expect(made.filter((answer) => answer.ok)).toHaveLength(1);
    const [user] = await usersWith("new@example.com");
    expect(user?.email_verified_at).toMatch(/^\d{4}-/);
    expect(await checkSignIn({ email: "new@example.com", password, address: "192.0.2.1" })).toMatchObject({
      ok: true,
    });
  });

  it("asked for twice is one account, whichever links are pressed", async () => {
    await Promise.all([signUp("twice@example.com", "One"), signUp("twice@example.com", "Two")]);
    const mails = await mailsTo(database.db, "twice@example.com");
    expect(mails.map((mail) => mail.kind)).toEqual(["sign_up_link", "sign_up_link"]);
    const token = await tokenMailedTo(database.db, "twice@example.com", "sign_up_link");
    await database.sql`update emails set created_at = created_at - interval '1 hour' where id = ${mails[0]?.id ?? ""}`;
    const other = await tokenMailedTo(database.db, "twice@example.com", "sign_up_link");
    expect(other).not.toBe(token);
    const made = await Promise.all(
      [token, other].map((one) => completeSignUp(one, { browser, password: null })),
    );
    expect(made.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await usersWith("twice@example.com")).toHaveLength(1);
  });

  it("asks for the password where it was not asked for: whoever typed the address may not own it", async () => {
    await signUp("elsewhere@example.com");
    const token = await tokenMailedTo(database.db, "elsewhere@example.com", "sign_up_link");
    expect(await findSignUp(token, null)).toMatchObject({ sameBrowser: false });
    const wrong = { ok: false, error: "wrong_password" };
    expect(await completeSignUp(token, { browser: null, password: null })).toEqual(wrong);
    expect(await completeSignUp(token, { browser: "c".repeat(43), password: "a guess of mine" })).toEqual(
      wrong,
    );
    expect(await usersWith("elsewhere@example.com")).toHaveLength(0);
    expect(await completeSignUp(token, { browser: null, password })).toMatchObject({ ok: true });
  });

  it("of a known address is not made: its owner is told by mail, and nobody else", async () => {
    await register("known@example.com");
    await signUp("known@example.com", "Somebody <b>else</b>");
    const [mail, ...more] = await mailsTo(database.db, "known@example.com");
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ kind: "sign_up_known", payload: { name: "Mira" } });
  });
});

describe("a link", () => {
  it("works once, however many press it at once, and proves the mailbox", async () => {
    const userId = await register("link@example.com");
    await database.sql`update users set email_verified_at = null where id = ${userId}`;
    await requestLink("sign_in", "link@example.com", "/cart");
    const token = await tokenMailedTo(database.db, "link@example.com", "sign_in_link");
    expect(await findLinkOwner("sign_in", token)).toMatchObject({ email: "link@example.com" });
    const opened = await twenty(() => openSignInLink(token));
    expect(opened.filter((answer) => answer.ok)).toEqual([
      { ok: true, value: { userId, returnTo: "/cart" } },
    ]);
    expect((await usersWith("link@example.com"))[0]?.email_verified_at).not.toBeNull();
  });

  it("proves an address once, however many press it at once, and opens nothing", async () => {
    const userId = await register("proved@example.com");
    await database.sql`update users set email_verified_at = null where id = ${userId}`;
    await requestLink("verify_address", "proved@example.com");
    const token = await tokenMailedTo(database.db, "proved@example.com", "verify_address_link");
    const proved = await twenty(() => verifyAddress(token));
    expect(proved.filter((answer) => answer.ok)).toEqual([{ ok: true, value: userId }]);
    expect((await usersWith("proved@example.com"))[0]?.email_verified_at).toMatch(/^\d{4}-/);
    expect(await verifyAddress(token)).toEqual({ ok: false, error: "link_spent" });
    expect(await database.sql`select 1 from user_sessions where user_id = ${userId}`).toHaveLength(0);
  });

  it("is not looked for by another purpose, is no secret in the database, and ends by its clock", async () => {
    await register("bound@example.com");
    await requestLink("sign_in", "bound@example.com");
    const token = await tokenMailedTo(database.db, "bound@example.com", "sign_in_link");
    expect(await resetPassword(token, "another long one", new Date())).toMatchObject({ ok: false });
    expect(await verifyAddress(token)).toMatchObject({ ok: false });
    const everything = JSON.stringify([
      await database.sql`select * from one_time_tokens`,
      await database.sql`select * from emails`,
    ]);
    expect(everything).not.toContain(token);
    await database.sql`update one_time_tokens set expires_at = now()`;
    expect(await openSignInLink(token)).toEqual({ ok: false, error: "link_spent" });
    await pruneExpired();
    expect(await database.sql`select 1 from one_time_tokens`).toHaveLength(0);
  });

  it("is worth nothing once the account has another address", async () => {
    const userId = await register("before@example.com");
    await requestLink("sign_in", "before@example.com");
    const token = await tokenMailedTo(database.db, "before@example.com", "sign_in_link");
    await database.sql`update users set email = 'after@example.com' where id = ${userId}`;
    expect(await openSignInLink(token)).toEqual({ ok: false, error: "link_spent" });
  });

  it("for an unknown address is a row like any other, and no mail", async () => {
    await requestLink("reset_password", "nobody@example.com");
    expect(await mailsTo(database.db, "nobody@example.com")).toEqual([]);
    const [row] = await database.sql`select * from one_time_tokens where email = 'nobody@example.com'`;
    expect(row).toMatchObject({ user_id: null, purpose: "reset_password" });
  });
});

describe("a new password", () => {
  it("ends every session and every other link, and tells the owner", async () => {
    const userId = await register("forgot@example.com");
    const session = await createSession(userId, new Date(), true);
    await requestLink("sign_in", "forgot@example.com");
    const other = await tokenMailedTo(database.db, "forgot@example.com", "sign_in_link");
    await requestLink("reset_password", "forgot@example.com");
    const token = await tokenMailedTo(database.db, "forgot@example.com", "reset_password_link");
    const fresh = "a completely other one";
    const reset = await Promise.all(
      Array.from({ length: 5 }, () => resetPassword(token, fresh, new Date("2026-03-01T12:00:00Z"))),
    );
    expect(reset.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await findLiveSession(session)).toBeNull();
    expect(await openSignInLink(other)).toMatchObject({ ok: false });
    const signIn = (typed: string) =>
      checkSignIn({ email: "forgot@example.com", password: typed, address: "192.0.2.4" });
    expect(await signIn(password)).toMatchObject({ ok: false });
    expect(await signIn(fresh)).toMatchObject({ ok: true });
    const [notice] = await mailsTo(database.db, "forgot@example.com");
    expect(notice).toMatchObject({ kind: "security_notice", payload: { event: "password_changed" } });
  });
});

describe("asking for a link or an account, or signing in", () => {
  /** What a request makes the shop do: its round trips to the database, in their order, and its slow hashes. */
  async function workOf(request: () => Promise<unknown>) {
    done.statements = [];
    done.hashes = 0;
    await request();
    const statements = done.statements.map((text) => text.trim().split(/\s+/)[0]?.toLowerCase());
    return { statements, hashes: done.hashes };
  }

  it("is the same work for an unknown address as for a known one, so that its time tells nothing", async () => {
    await register("weighed@example.com");
    for (const purpose of ["sign_in", "reset_password", "verify_address"] as const) {
      const known = await workOf(() => requestLink(purpose, "weighed@example.com"));
      const unknown = await workOf(() => requestLink(purpose, `${purpose}@stranger.example`));
      expect(known.statements.length).toBeGreaterThan(3);
      expect(unknown.statements.length, purpose).toBe(known.statements.length);
      expect([known.hashes, unknown.hashes]).toEqual([0, 0]);
    }
    const known = await workOf(() => signUp("weighed@example.com"));
    const unknown = await workOf(() => signUp("unweighed@example.com"));
    expect(unknown).toEqual(known);
    expect(known.hashes).toBe(1);

    const guess = (email: string) => checkSignIn({ email, password: "not this one", address: "192.0.2.9" });
    const wrong = await workOf(() => guess("weighed@example.com"));
    expect(await workOf(() => guess("nobody@stranger.example"))).toEqual(wrong);
    expect(wrong.hashes).toBe(1);
  });

  it("is counted: a statement or a hash more would show", async () => {
    const one = await workOf(async () => void (await database.db.execute(sql`select 1`)));
    expect(one).toEqual({ statements: ["select"], hashes: 0 });
    expect((await workOf(async () => void (await hashPassword(password)))).hashes).toBe(1);
  });
});
