import { eq } from "drizzle-orm";
import { Secret } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { totpSecrets, users } from "@/db/schema/identity";
import { demoteAdmin, makeAdmin } from "@/lib/identity/mutations";
import { totpCode } from "@/lib/identity/totp";
import { eraseDueAccounts } from "@/lib/privacy/mutations";
import { seal } from "@/lib/seal";
import { actionId } from "./actions";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { makePerson, PASSWORD, type Person } from "./world";

let shop: BuiltShop;
let another: Awaited<ReturnType<BuiltShop["startAnother"]>>;

beforeAll(async () => {
  shop = await startBuiltShop();
  another = await shop.startAnother();
});
afterAll(async () => {
  await another?.close();
  await shop?.close();
});

/** Browsers with the cookies that this one has now: one at each process of the shop. */
function copiesOf(visitor: Visitor): Visitor[] {
  return [shop.visitor(), another.visitor()].map((copy) => {
    for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
    return copy;
  });
}

async function isKnown(visitor: Visitor): Promise<boolean> {
  const { user } = JSON.parse((await visitor.send("/api/viewer")).body) as { user: object | null };
  const page = await visitor.send("/account/orders");
  expect(page.status).toBe(user ? 200 : 307);
  return user !== null;
}

/** What was saved worked before `happens`, and at neither process after it. */
async function expectDeadAfter(person: Person, happens: () => Promise<unknown>): Promise<void> {
  const saved = copiesOf(person.visitor);
  for (const copy of saved) expect(await isKnown(copy)).toBe(true);
  await happens();
  for (const copy of saved) expect(await isKnown(copy)).toBe(false);
}

describe("Cookies that somebody saved", () => {
  it("are dead at once after signing out", async () => {
    const person = await makePerson(shop, "Leaver");
    await expectDeadAfter(person, () => person.visitor.act(actionId("signOutAction"), "/", {}));
  });

  it("are dead at once after the password was changed, also this browser's own old ones", async () => {
    const person = await makePerson(shop, "Changer");
    const fields = { currentPassword: PASSWORD, newPassword: "Zwetschgen-im-Glas-77" };
    await expectDeadAfter(person, async () => {
      const page = "/account/settings/security";
      const answer = await person.visitor.act(actionId("changePasswordAction"), page, fields);
      // The page that comes with the answer is drawn for the session's new id.
      expect(answer.headers["x-action-redirect"]).toBeUndefined();
      expect(answer.body).toContain("Signed-in devices");
      expect(answer.body).not.toContain("NEXT_REDIRECT");
    });
    expect(await isKnown(person.visitor)).toBe(true);
  });

  it("are dead at once after their session was ended from another browser", async () => {
    const person = await makePerson(shop, "Ender");
    const other = another.visitor();
    const credentials = { email: person.email, password: PASSWORD };
    await other.submit(actionId("signInAction"), "/sign-in", credentials);
    await expectDeadAfter(person, () =>
      other.act(actionId("endOtherSessionsAction"), "/account/settings/security", {}),
    );
    expect(await isKnown(other)).toBe(true);
  });

  it("are dead at once after the account was deleted", async () => {
    const person = await makePerson(shop, "Deleted");
    await expectDeadAfter(person, async () => {
      await shop.db.update(users).set({ deletionDueAt: new Date() }).where(eq(users.id, person.userId));
      expect(await eraseDueAccounts()).toBe(1);
    });
  });

  it("of an admin open the admin pages with the second step only, and nothing after the demotion", async () => {
    const person = await makePerson(shop, "Demoted");
    const lasting = await makePerson(shop, "Lasting");
    for (const { email, name } of [lasting, person]) await makeAdmin({ email, name, password: PASSWORD });
    const credentials = { email: person.email, password: PASSWORD };
    await person.visitor.submit(actionId("signInAction"), "/sign-in", credentials);
    for (const copy of copiesOf(person.visitor)) {
      const refused = await copy.send("/admin");
      expect(refused.headers.location).toContain("/account/settings/two-step");
      expect(refused.body).not.toContain("Needs attention");
    }
    const secret = new Secret({ size: 20 }).base32;
    const sealedSecret = seal(secret, `totp ${person.userId}`, shop.secrets.AUTH_SECRET);
    await shop.db
      .insert(totpSecrets)
      .values({ userId: person.userId, sealedSecret, confirmedAt: new Date() });
    person.visitor.cookies.clear();
    await person.visitor.submit(actionId("signInAction"), "/sign-in", credentials);
    expect(await isKnown(person.visitor)).toBe(false);
    const code = totpCode(secret, new Date());
    await person.visitor.submit(actionId("secondStepAction"), "/sign-in/code", { code });
    for (const copy of copiesOf(person.visitor)) expect((await copy.send("/admin")).status).toBe(200);
    const saved = copiesOf(person.visitor);
    await expectDeadAfter(person, () => demoteAdmin(person.email));
    for (const copy of saved) expect((await copy.send("/admin")).status).toBe(404);
  });
});
