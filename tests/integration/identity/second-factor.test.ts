import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limits } from "@/lib/identity/limits";
import {
  beginSecondStep,
  checkOwnPassword,
  createSession,
  finishSecondStep,
  makeAdmin,
  registerUser,
  replaceSession,
} from "@/lib/identity/mutations";
import { findLiveSession } from "@/lib/identity/queries";
import {
  beginSecondFactor,
  checkSecondFactor,
  confirmSecondFactor,
  findPendingSecret,
  findSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from "@/lib/identity/second-factor";
import { totpCode } from "@/lib/identity/totp";
import type { UserId } from "@/lib/ids";
import { createTestDatabase } from "../../support/database";
import { mailsTo } from "../../support/one-outbox";

const password = "plum ladder stove";
const now = new Date("2026-03-01T12:00:10Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

let count = 0;
async function learner(): Promise<{ userId: UserId; email: string }> {
  count += 1;
  const email = `reader-${count}@example.com`;
  const registered = await registerUser({ email, name: "Mira", password });
  if (!registered.ok) throw new Error(registered.error);
  return { userId: registered.value, email };
}

async function enrolled() {
  const { userId, email } = await learner();
  const sessionId = await createSession(userId, new Date(), true);
  await beginSecondFactor(userId);
  const secret = (await findPendingSecret(userId)) ?? "";
  const confirmed = await confirmSecondFactor({ userId, sessionId }, totpCode(secret, now), now);
  if (!confirmed.ok) throw new Error(confirmed.error);
  return { userId, email, sessionId, secret, codes: confirmed.value };
}

describe("two-step sign-in", () => {
  it("counts only once a code of the app was given", async () => {
    const { userId } = await learner();
    const sessionId = await createSession(userId, new Date(), true);
    await beginSecondFactor(userId);
    expect(await findSecondFactor(userId)).toBeNull();
    expect(await confirmSecondFactor({ userId, sessionId }, "000000", now)).toEqual({
      ok: false,
      error: "wrong_code",
    });
    expect(await findSecondFactor(userId)).toBeNull();
  });

  it("ends the sessions that gave no code, and tells the owner", async () => {
    const { userId, email } = await learner();
    const [here, elsewhere] = [
      await createSession(userId, new Date(), true),
      await createSession(userId, new Date(), true),
    ];
    await beginSecondFactor(userId);
    const secret = (await findPendingSecret(userId)) ?? "";
    expect(await confirmSecondFactor({ userId, sessionId: here }, totpCode(secret, now), now)).toMatchObject({
      ok: true,
    });
    expect(await findLiveSession(here)).toMatchObject({ secondFactor: true });
    expect(await findLiveSession(elsewhere)).toBeNull();
    expect((await mailsTo(database.db, email))[0]).toMatchObject({ payload: { event: "second_factor_on" } });
  });

  it("keeps neither key nor recovery codes readable", async () => {
    const { userId, secret, codes } = await enrolled();
    const rows = JSON.stringify([
      await database.sql`select * from totp_secrets where user_id = ${userId}`,
      await database.sql`select * from recovery_codes where user_id = ${userId}`,
    ]);
    for (const one of [secret, ...codes, ...codes.map((code) => code.replaceAll("-", ""))])
      expect(rows).not.toContain(one);
    expect(new Set(codes).size).toBe(10);
  });

  it("takes each code of the app once, even at the same time, and none of another moment", async () => {
    const { userId, secret } = await enrolled();
    expect(await checkSecondFactor(userId, totpCode(secret, now), now)).toMatchObject({ ok: false });
    const next = later(30);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => checkSecondFactor(userId, totpCode(secret, next), next)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await checkSecondFactor(userId, totpCode(secret, later(120)), later(300))).toMatchObject({
      ok: false,
    });
  });

  it("takes each recovery code once, and tells the owner", async () => {
    const { userId, email, codes } = await enrolled();
    const code = codes[0]?.replaceAll("-", "") ?? "";
    const answers = await Promise.all(Array.from({ length: 4 }, () => checkSecondFactor(userId, code, now)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await findSecondFactor(userId)).toMatchObject({ recoveryCodesLeft: 9 });
    expect((await mailsTo(database.db, email))[0]).toMatchObject({
      payload: { event: "recovery_code_used" },
    });
    const renewed = await renewRecoveryCodes(userId, now);
    expect(await checkSecondFactor(userId, codes[1]?.replaceAll("-", "") ?? "", now)).toMatchObject({
      ok: false,
    });
    expect(await checkSecondFactor(userId, renewed[0]?.replaceAll("-", "") ?? "", now)).toMatchObject({
      ok: true,
    });
  });

  it("pauses after wrong codes, for the right one too", async () => {
    const { userId, secret } = await enrolled();
    for (let wrong = 0; wrong < limits.secondFactor.points; wrong += 1)
      expect(await checkSecondFactor(userId, "123456", later(60))).toEqual({
        ok: false,
        error: "wrong_code",
      });
    expect(await checkSecondFactor(userId, totpCode(secret, later(60)), later(60))).toEqual({
      ok: false,
      error: "throttled",
    });
  });

  it("finishes a sign-in whose first step is done, once, and no other", async () => {
    const { userId, secret } = await enrolled();
    const step = await beginSecondStep(userId, { stay: false, returnTo: "/cart" });
    expect(await finishSecondStep(step, "000000", later(60))).toMatchObject({
      ok: false,
      error: "wrong_code",
    });
    expect(await finishSecondStep(step, totpCode(secret, later(60)), later(60))).toEqual({
      ok: true,
      value: { userId, stay: false, returnTo: "/cart" },
    });
    expect(await finishSecondStep(step, totpCode(secret, later(90)), later(90))).toEqual({
      ok: false,
      error: "step_over",
    });
    expect(await finishSecondStep("x".repeat(43), "000000", now)).toEqual({ ok: false, error: "step_over" });
  });

  it("cannot be replaced by a new key while it is on; off, nothing of it is left", async () => {
    const { userId, sessionId, secret } = await enrolled();
    await beginSecondFactor(userId);
    expect(await findPendingSecret(userId)).toBeNull();
    expect(await checkSecondFactor(userId, totpCode(secret, later(60)), later(60))).toMatchObject({
      ok: true,
    });
    await removeSecondFactor(userId, now);
    expect(await findSecondFactor(userId)).toBeNull();
    expect(await findLiveSession(sessionId)).toMatchObject({ secondFactor: false });
    expect(await database.sql`select 1 from recovery_codes where user_id = ${userId}`).toHaveLength(0);
  });

  it("is taken from an account that the operator makes an admin's", async () => {
    const { userId, email } = await enrolled();
    await makeAdmin({ email, name: "Ada", password });
    expect(await findSecondFactor(userId)).toBeNull();
  });
});

describe("a session whose rights change", () => {
  it("goes on under a new id, with its end and its code", async () => {
    const { sessionId } = await enrolled();
    const replaced = await replaceSession(sessionId);
    expect(replaced).toMatchObject({ stay: true });
    expect(await findLiveSession(sessionId)).toBeNull();
    expect(replaced && (await findLiveSession(replaced.id))).toMatchObject({ secondFactor: true });
    expect(await replaceSession(sessionId)).toBeNull();
  });
});

describe("one's own password, asked for again", () => {
  it("is compared exactly, and guessed at five times", async () => {
    const { userId } = await learner();
    for (let wrong = 0; wrong < limits.confirmPassword.points; wrong += 1)
      expect(await checkOwnPassword(userId, "not this")).toEqual({ ok: false, error: "wrong_password" });
    expect(await checkOwnPassword(userId, password)).toEqual({ ok: false, error: "throttled" });
  });
});
