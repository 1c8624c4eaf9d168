import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSignInLink, requestLink } from "@/lib/identity/mailed-links";
import { checkSignIn, createSession, registerUser } from "@/lib/identity/mutations";
import { findLiveSession } from "@/lib/identity/queries";
import type { Viewer } from "@/lib/identity/viewer";
import { newId } from "@/lib/ids";
import { queueEmail } from "@/lib/notifications/mutations";
import { OPTIONAL_MAILS } from "@/lib/notifications/optional-mails";
import { sampleMails } from "@/lib/notifications/sample-mails";
import type { NewEmail } from "@/lib/notifications/schema";
import {
  changeEmail,
  changePassword,
  endOtherSessions,
  endUserSession,
  requestEmailChange,
  saveNotifications,
  saveProfile,
} from "@/lib/settings/mutations";
import { findNewAddress, getNotifications, getProfile, listSessions } from "@/lib/settings/queries";
import { profileInput } from "@/lib/settings/schema";
import { createTestDatabase } from "../../support/database";
import { mailsTo, tokenMailedTo } from "../../support/one-outbox";

const password = "plum ladder stove";
const now = new Date("2026-03-01T12:00:00Z");
let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

let count = 0;
async function viewer(): Promise<Viewer> {
  count += 1;
  const registered = await registerUser({ email: `reader-${count}@example.com`, name: "Mira", password });
  if (!registered.ok) throw new Error(registered.error);
  const session = await createSession(registered.value, new Date(), true);
  const live = await findLiveSession(session);
  if (!live) throw new Error("no session");
  return live;
}

const kindsTo = async (address: string) => (await mailsTo(database.db, address)).map((mail) => mail.kind);
const eventsTo = async (address: string) =>
  (await mailsTo(database.db, address)).map((mail) => mail.payload.event).filter(Boolean);

describe("another e-mail address", () => {
  it("counts once its mailbox is proved; the old one is told twice", async () => {
    const me = await viewer();
    await requestEmailChange(me, "mine-too@example.com", now);
    expect((await getProfile(me.userId)).email).toBe(me.email);
    const token = await tokenMailedTo(database.db, "mine-too@example.com", "change_email_link");
    expect(await findNewAddress(token)).toBe("mine-too@example.com");
    const changed = await Promise.all(Array.from({ length: 10 }, () => changeEmail(token, now)));
    expect(changed.filter((answer) => answer.ok)).toHaveLength(1);
    expect((await getProfile(me.userId)).email).toBe("mine-too@example.com");
    expect((await eventsTo(me.email)).sort()).toEqual(["email_change_asked", "email_changed"]);
  });

  it("ends the links that were mailed to the old one", async () => {
    const me = await viewer();
    await requestLink("sign_in", me.email);
    const old = await tokenMailedTo(database.db, me.email, "sign_in_link");
    await requestEmailChange(me, "elsewhere@example.com", now);
    await changeEmail(await tokenMailedTo(database.db, "elsewhere@example.com", "change_email_link"), now);
    expect(await openSignInLink(old)).toMatchObject({ ok: false });
  });

  it("goes to one of two accounts that race for it", async () => {
    const [one, two] = [await viewer(), await viewer()];
    const tokens = [];
    for (const me of [one, two]) {
      await requestEmailChange(me, "wanted@example.com", now);
      tokens.push(await tokenMailedTo(database.db, "wanted@example.com", "change_email_link"));
    }
    const changed = await Promise.all(tokens.map((token) => changeEmail(token, now)));
    expect(changed.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await database.sql`select 1 from users where email = 'wanted@example.com'`).toHaveLength(1);
  });

  it("of somebody else's account is refused by mail to them alone", async () => {
    const [me, other] = [await viewer(), await viewer()];
    await requestEmailChange(me, other.email, now);
    expect(await kindsTo(other.email)).toEqual(["change_email_known"]);
    expect(await eventsTo(me.email)).toEqual(["email_change_asked"]);
  });
});

describe("another password", () => {
  it("ends the other sessions and the mailed links, and is told to the owner", async () => {
    const me = await viewer();
    const elsewhere = await createSession(me.userId, new Date(), true);
    await requestLink("sign_in", me.email);
    const link = await tokenMailedTo(database.db, me.email, "sign_in_link");
    await changePassword(me, "a completely other one", now);
    expect(await findLiveSession(elsewhere)).toBeNull();
    expect(await findLiveSession(me.sessionId)).not.toBeNull();
    expect(await openSignInLink(link)).toMatchObject({ ok: false });
    const signIn = (typed: string) => checkSignIn({ email: me.email, password: typed, address: "192.0.2.1" });
    expect(await signIn(password)).toMatchObject({ ok: false });
    expect(await signIn("a completely other one")).toMatchObject({ ok: true });
    expect(await eventsTo(me.email)).toEqual(["password_changed"]);
  });
});

describe("sessions", () => {
  it("are listed with device and place, and ended one by one or all", async () => {
    const me = await viewer();
    const phone = await createSession(me.userId, new Date(), true, {
      userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
      address: "203.0.113.77",
    });
    const third = await createSession(me.userId, new Date(), true, { address: "2001:db8:1:2::/64" });
    await createSession((await viewer()).userId, new Date(), true);
    const listed = await listSessions(me.userId);
    expect(listed.map((session) => session.id).sort()).toEqual([me.sessionId, phone, third].sort());
    expect(listed.find((session) => session.id === phone)?.addressPrefix).toBe("203.0.113.*");
    expect(listed.find((session) => session.id === third)?.addressPrefix).toBe("2001:db8:1::*");
    await endUserSession(me.userId, phone);
    expect(await findLiveSession(phone)).toBeNull();
    await endOtherSessions(me);
    expect((await listSessions(me.userId)).map((session) => session.id)).toEqual([me.sessionId]);
  });

  it("of somebody else cannot be ended", async () => {
    const [me, other] = [await viewer(), await viewer()];
    await endUserSession(me.userId, other.sessionId);
    expect(await findLiveSession(other.sessionId)).not.toBeNull();
  });
});

describe("the profile", () => {
  it("keeps what was chosen, and nothing that a form adds", async () => {
    const me = await viewer();
    const profile = profileInput.parse({
      name: " Mira  Vale ",
      avatar: "3",
      timeZone: "Europe/Berlin",
      locale: "de-DE",
      theme: "dark",
      role: "admin",
      emailVerifiedAt: "2020-01-01",
      stripeCustomerId: "cus_other",
    });
    await saveProfile(me.userId, profile);
    expect(await getProfile(me.userId)).toMatchObject({
      timeZone: "Europe/Berlin",
      locale: "de-DE",
      avatar: 3,
    });
    const [row] = await database.sql`select role, stripe_customer_id from users where id = ${me.userId}`;
    expect(row).toEqual({ role: "learner", stripe_customer_id: null });
  });

  it("takes only zones and ways of writing that there are", () => {
    const fine = { name: "Mira", avatar: "0", theme: "system" };
    expect(profileInput.parse(fine)).toMatchObject({ timeZone: null, locale: null });
    for (const wrong of [
      { timeZone: "Mars/Olympus" },
      { locale: "xx-XX" },
      { avatar: "8" },
      { theme: "pink" },
    ])
      expect(profileInput.safeParse({ ...fine, ...wrong }).success).toBe(false);
  });
});

describe("mails that may be switched off", () => {
  it("are switched off one group at a time", async () => {
    const kinds = {
      learning: "enrollment_welcome",
      certificates: "certificate_earned",
      gifts: "gift_claimed",
    } as const;
    const samples = sampleMails({ name: "Mira", title: "Python", sealedToken: "" });
    for (const group of OPTIONAL_MAILS) {
      const me = await viewer();
      await saveNotifications(me.userId, { learning: true, certificates: true, gifts: true, [group]: false });
      const subjectId = newId();
      for (const kind of [...Object.values(kinds), "gift_ended"] as const) {
        const mail = { kind, subjectId, userId: me.userId, toAddress: me.email, payload: samples[kind] };
        await queueEmail(database.db, mail as NewEmail);
      }
      const others = OPTIONAL_MAILS.filter((one) => one !== group).map((one) => kinds[one]);
      expect(await kindsTo(me.email), group).toEqual(expect.arrayContaining([...others, "gift_ended"]));
      expect(await kindsTo(me.email), group).not.toContain(kinds[group]);
    }
  });

  it("are not queued for who does not want them; the others are", async () => {
    const me = await viewer();
    const welcome = () =>
      queueEmail(database.db, {
        kind: "enrollment_welcome",
        subjectId: newId(),
        userId: me.userId,
        toAddress: me.email,
        payload: {
          name: "Mira",
          isFree: true,
          courses: [{ title: "Python", slug: "python", firstLesson: null }],
        },
      });
    const all = { learning: true, certificates: true, gifts: true };
    expect(await getNotifications(me.userId)).toEqual(all);
    await saveNotifications(me.userId, { ...all, learning: false });
    await saveNotifications(me.userId, { ...all, learning: false });
    expect(await getNotifications(me.userId)).toEqual({ ...all, learning: false });
    await welcome();
    expect(await kindsTo(me.email)).toEqual([]);
    await changePassword(me, "a completely other one", now);
    expect(await kindsTo(me.email)).toEqual(["security_notice"]);
    await saveNotifications(me.userId, all);
    await welcome();
    expect(await kindsTo(me.email)).toContain("enrollment_welcome");
  });
});
