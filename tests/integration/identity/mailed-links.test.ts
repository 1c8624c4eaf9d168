import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
import { findLiveSession } from "@/lib/identity/queries";
import { pruneExpired } from "@/lib/jobs/mutations";
import { createTestDatabase } from "../../support/database";
import { mailsTo, tokenMailedTo } from "../../support/one-outbox";

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

describe("asking for a link or an account", () => {
  /** How often the first of two lists took longer than the second: 0.5 tells nothing. */
  function chance(known: readonly number[], unknown: readonly number[]): number {
    const longer = known.map((one) => unknown.filter((other) => one > other).length);
    return longer.reduce((sum, one) => sum + one, 0) / (known.length * unknown.length);
  }

  // A difference that is there shows every time; one that a busy machine makes does not come thrice.
  let attempt = 0;
  it("takes as long for an unknown address as for a known one", { retry: 2 }, async () => {
    attempt += 1;
    const known = `timed-${attempt}@example.com`;
    await register(known);
    const times = { known: [] as number[], unknown: [] as number[] };
    const signUps = { known: [] as number[], unknown: [] as number[] };
    const time = async (list: number[], work: () => Promise<void>) => {
      const before = performance.now();
      await work();
      list.push(performance.now() - before);
    };
    for (let round = 0; round < 24; round += 1) {
      // In turn, so that a busy moment meets both.
      const order = round % 2 === 0 ? (["known", "unknown"] as const) : (["unknown", "known"] as const);
      for (const who of order) {
        const email = who === "known" ? known : `stranger-${attempt}-${round}@example.com`;
        await time(times[who], () => requestLink("reset_password", email));
        if (round < 8) await time(signUps[who], () => signUp(email));
      }
    }
    expect(Math.abs(chance(times.known, times.unknown) - 0.5)).toBeLessThan(0.35);
    expect(Math.abs(chance(signUps.known, signUps.unknown) - 0.5)).toBeLessThan(0.35);
  });
});
