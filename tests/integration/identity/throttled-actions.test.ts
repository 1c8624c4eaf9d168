import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST as sendPulse } from "@/app/api/learning/pulse/route";
import { lessonPositions } from "@/db/schema/progress";
import { addToCart } from "@/lib/cart/mutations";
import { applyCouponAction } from "@/lib/coupons/actions";
import { env } from "@/lib/env";
import { answerQuizAction } from "@/lib/exercises/actions";
import { fieldName } from "@/lib/exercises/quiz";
import { claimGiftAction, sendGiftAgainAction } from "@/lib/gifts/actions";
import {
  requestPasswordResetAction,
  requestSignInLinkAction,
  requestVerificationAction,
  resetPasswordAction,
  signUpAction,
  verifyAddressAction,
} from "@/lib/identity/actions";
import { limits } from "@/lib/identity/limits";
import { checkSignIn, createSession, registerUser } from "@/lib/identity/mutations";
import { sessionCookieName } from "@/lib/identity/next-auth";
import { newSecret, type UserId } from "@/lib/ids";
import { mailsTo, tokenMailedTo } from "../../support/one-outbox";
import { startTestShop } from "../../support/shop";
import type { TestShop } from "../commerce/buying";
import { buyer, give } from "../gifts/giving";
import { addCourse, addUser, enroll } from "../learning/course-factory";

/** The request that an action is about: from where, and with which cookies. */
const request = vi.hoisted(() => ({ address: "", jar: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () =>
    new Headers({ origin: new URL(env().APP_URL).origin, "x-forwarded-for": request.address }),
  cookies: async () => ({
    get: (name: string) => (request.jar.has(name) ? { name, value: request.jar.get(name) } : undefined),
    set: (name: string, value: string) => request.jar.set(name, value),
    delete: ({ name }: { name: string }) => request.jar.delete(name),
  }),
}));
// Outside Next there is no page to draw again.
vi.mock("next/cache", async (original) => ({ ...(await original<object>()), refresh: () => {} }));

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop.close());
beforeEach(() => request.jar.clear());

type Action = (previous: null, form: FormData) => Promise<unknown>;

/** Posts a form from an address; answers what the action says, or where it leads. */
async function post(action: Action, address: string, fields: Readonly<Record<string, string>>) {
  request.address = address;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  try {
    return await action(null, form);
  } catch (error) {
    const digest = error instanceof Error && "digest" in error ? String(error.digest) : "";
    if (!digest.startsWith("NEXT_REDIRECT")) throw error;
    return { to: digest.split(";")[2] };
  }
}

async function signIn(userId: UserId): Promise<void> {
  const sessionId = await createSession(userId, new Date(), true);
  const sealed = { token: { sessionId }, secret: env().AUTH_SECRET, salt: sessionCookieName() };
  request.jar.set(sessionCookieName(), await encode(sealed));
}

const refused = (code: string) => ({ ok: false, error: { code } });
const throttled = refused("throttled");
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const password = "plum ladder stove";

describe("signing up", () => {
  const signUp = (address: string, email: string, typed = password) =>
    post(signUpAction, address, { name: "Mira", email, password: typed });

  test("stops an address that tries it for many accounts, and no other address", async () => {
    for (const n of numbers(limits.signUpAddress.points))
      expect(await signUp("203.0.113.1", `many-${n}@example.com`, "password123")).toMatchObject(
        refused("password_common"),
      );
    expect(await signUp("203.0.113.1", "late@example.com")).toMatchObject(throttled);
    expect(await mailsTo(shop.db, "late@example.com")).toEqual([]);
    expect(await signUp("203.0.113.2", "late@example.com")).toEqual({ to: "/verify-email" });
    expect(await mailsTo(shop.db, "late@example.com")).toHaveLength(1);
  });

  test("fills nobody's mailbox from ever new addresses, and stops no other account", async () => {
    for (const n of numbers(limits.signUpAccount.points))
      expect(await signUp(`198.51.100.${n}`, "flooded@example.com")).toEqual({ to: "/verify-email" });
    expect(await signUp("198.51.100.100", "flooded@example.com")).toMatchObject(throttled);
    expect(await mailsTo(shop.db, "flooded@example.com")).toHaveLength(limits.signUpAccount.points);
    expect(await signUp("198.51.100.100", "neighbour@example.com")).toEqual({ to: "/verify-email" });
  });
});

describe("mailed links", () => {
  const emailOf = async (userId: UserId) => {
    const [user] = await shop.sql`select email from users where id = ${userId}`;
    return String(user?.email);
  };

  test("are not asked for by one address for many accounts; the owner gets one elsewhere", async () => {
    const email = await emailOf(await shop.factories.learner());
    const asks = [requestSignInLinkAction, requestPasswordResetAction];
    for (const n of numbers(limits.linkAddress.points))
      expect(
        await post(asks[n % 2] ?? requestSignInLinkAction, "203.0.113.10", { email: `${n}@example.com` }),
      ).toMatchObject({ ok: true });
    for (const ask of asks) expect(await post(ask, "203.0.113.10", { email })).toMatchObject(throttled);
    expect(await mailsTo(shop.db, email)).toEqual([]);
    for (const ask of asks) expect(await post(ask, "203.0.113.11", { email })).toMatchObject({ ok: true });
    expect((await mailsTo(shop.db, email)).map((mail) => mail.kind).sort()).toEqual([
      "reset_password_link",
      "sign_in_link",
    ]);
  });

  test("are not guessed by one address, with whichever form; the owner's works elsewhere, and is not counted", async () => {
    const userId = await shop.factories.learner();
    await signIn(userId);
    expect(await post(requestVerificationAction, "203.0.113.21", {})).toMatchObject({ ok: true });
    const token = await tokenMailedTo(shop.db, await emailOf(userId), "verify_address_link");
    const from = "203.0.113.20";
    for (const _ of numbers(limits.tokenAddress.points))
      expect(await post(verifyAddressAction, from, { token: newSecret() })).toMatchObject(
        refused("link_spent"),
      );
    expect(await post(verifyAddressAction, from, { token })).toMatchObject(throttled);
    expect(await post(resetPasswordAction, from, { token, password })).toMatchObject(throttled);
    expect(await post(claimGiftAction, from, { token })).toMatchObject(throttled);
    const verified = () => shop.sql`select email_verified_at from users where id = ${userId}`;
    expect(await verified()).toEqual([{ email_verified_at: null }]);

    const elsewhere = "203.0.113.21";
    for (const _ of numbers(limits.tokenAddress.points - 1))
      expect(await post(verifyAddressAction, elsewhere, { token: newSecret() })).toMatchObject(
        refused("link_spent"),
      );
    expect(await post(verifyAddressAction, elsewhere, { token })).toMatchObject({ ok: true });
    expect(await verified()).not.toEqual([{ email_verified_at: null }]);
    // The right one gave its point back: there is room for one more.
    expect(await post(verifyAddressAction, elsewhere, { token })).toMatchObject(refused("link_spent"));
    expect(await post(verifyAddressAction, elsewhere, { token })).toMatchObject(throttled);
  });
});

test("wrong passwords are forgotten where a new one was chosen by a mailed link, and nowhere else", async () => {
  const email = "forgot@example.com";
  await registerUser({ email, name: "Mira", password: "an older one" });
  const [here, elsewhere] = ["203.0.113.80", "203.0.113.81"];
  const tryPassword = (address: string, typed: string) => checkSignIn({ email, address, password: typed });
  for (const address of [here, elsewhere])
    for (const _ of numbers(limits.signInHere.points)) await tryPassword(address, "not this one");
  expect(await post(requestPasswordResetAction, here, { email })).toMatchObject({ ok: true });
  const token = await tokenMailedTo(shop.db, email, "reset_password_link");
  expect(await post(resetPasswordAction, here, { token, password })).toEqual({
    to: "/sign-in?password=changed",
  });
  expect(await tryPassword(elsewhere, password)).toEqual({ ok: false, error: "throttled" });
  expect(await tryPassword(here, password)).toMatchObject({ ok: true });
});

test("codes are not guessed by one address with ever new carts; another address goes on", async () => {
  const course = await shop.factories.course();
  const coupon = await shop.factories.coupon();
  const tryCode = async (address: string, token: string, code: string) => {
    request.jar.set("lectern_cart", token);
    return post(applyCouponAction, address, { code });
  };
  const tooMany = { value: { applied: false, message: expect.stringMatching(/^Too many codes were tried/) } };
  const carts = limits.couponAddress.points / limits.couponVisitor.points;
  for (const _ of numbers(carts)) {
    const token = newSecret();
    await addToCart({ kind: "guest", token }, course.slug);
    for (const n of numbers(limits.couponVisitor.points)) {
      const answer = await tryCode("203.0.113.30", token, `WRONG-${n}`);
      expect(answer).toMatchObject({ value: { applied: false } });
      expect(answer).not.toMatchObject(tooMany);
    }
  }
  const fresh = newSecret();
  await addToCart({ kind: "guest", token: fresh }, course.slug);
  expect(await tryCode("203.0.113.30", fresh, coupon.code)).toMatchObject(tooMany);
  expect(await tryCode("203.0.113.31", fresh, coupon.code)).toMatchObject({ value: { applied: true } });
});

test("gifts are sent again so often only, each and all of them; another buyer's goes out", async () => {
  const [ada, ben] = [await buyer(shop), await buyer(shop, "Ben")];
  const [first, second, third] = [await give(shop, ada), await give(shop, ada), await give(shop, ada)];
  const bens = await give(shop, ben);
  const again = (gift: string) => post(sendGiftAgainAction, "203.0.113.40", { gift });
  const sent = async (email: string) =>
    (await mailsTo(shop.db, email)).filter((mail) => mail.kind === "gift_received").length;
  await signIn(ada);
  for (const { id, gift } of [first, second]) {
    const before = await sent(gift.email);
    for (const _ of numbers(limits.giftAgain.points)) expect(await again(id)).toMatchObject({ ok: true });
    expect(await sent(gift.email)).toBe(before + limits.giftAgain.points);
  }
  expect(limits.giftMails.points).toBe(2 * limits.giftAgain.points);
  const before = await sent(third.gift.email);
  expect(await again(third.id)).toMatchObject(throttled);
  expect(await sent(third.gift.email)).toBe(before);

  await signIn(ben);
  expect(await again(bens.id)).toMatchObject({ ok: true });
});

describe("what is sent by a lesson", () => {
  let course: Awaited<ReturnType<typeof addCourse>>;
  beforeAll(async () => {
    course = await addCourse(shop.db, { exercises: false });
  });

  test("answers to questions stop an address without an account, no other one, and nobody signed in", async () => {
    const [preview] = course.lessons;
    const tryQuiz = (address: string, choice: string) =>
      post(answerQuizAction, address, {
        course: course.slug,
        lesson: preview?.slug ?? "",
        [fieldName(0)]: choice,
      });
    for (const _ of numbers(limits.quizAddress.points - 1))
      expect(await tryQuiz("203.0.113.50", "")).toMatchObject(refused("unanswered"));
    expect(await tryQuiz("203.0.113.50", "a")).toMatchObject({ ok: true, value: { correct: 1 } });
    const last = await tryQuiz("203.0.113.50", "a");
    expect(last).toMatchObject(throttled);
    expect(JSON.stringify(last)).not.toContain("because");
    expect(await tryQuiz("203.0.113.51", "a")).toMatchObject({ ok: true });
    await signIn((await addUser(shop.db)).userId);
    expect(await tryQuiz("203.0.113.50", "a")).toMatchObject({ ok: true });
  });

  test("answers of somebody with an account are stopped wherever they come from", async () => {
    const { userId } = await addUser(shop.db);
    await signIn(userId);
    const tryQuiz = (n: number) =>
      post(answerQuizAction, `203.0.113.${60 + (n % 3)}`, {
        course: course.slug,
        lesson: course.lessons[0]?.slug ?? "",
      });
    for (const n of numbers(limits.exerciseAttempt.points))
      expect(await tryQuiz(n)).toMatchObject(refused("unanswered"));
    expect(await tryQuiz(0)).toMatchObject(throttled);
  });

  test("signs of life are kept so many a minute, and what comes on top says nothing about the lesson", async () => {
    const [{ userId }, other] = [await addUser(shop.db), await addUser(shop.db)];
    for (const reader of [userId, other.userId]) await enroll(shop.db, reader, course);
    const [lesson] = course.lessons;
    const pulse = async (permille: number) => {
      const body = JSON.stringify({ course: course.slug, lesson: lesson?.slug, permille });
      const answer = await sendPulse(new Request(env().APP_URL, { method: "POST", body }));
      return { status: answer.status, body: await answer.json() };
    };
    const open = { status: 200, body: { access: "open" } };
    await signIn(userId);
    for (const n of numbers(limits.lessonPulse.points)) expect(await pulse(n)).toEqual(open);
    expect(await pulse(999)).toEqual({ status: 429, body: { code: "throttled" } });
    const places = await shop.db.select().from(lessonPositions).where(eq(lessonPositions.userId, userId));
    expect(places.map(({ permille }) => permille)).toEqual([limits.lessonPulse.points - 1]);
    await signIn(other.userId);
    expect(await pulse(1)).toEqual(open);
  });
});
