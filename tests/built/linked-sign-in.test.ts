import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linkedAccounts, users } from "@/db/schema/identity";
import { beginSecondFactor, confirmSecondFactor, findPendingSecret } from "@/lib/identity/second-factor";
import { totpCode } from "@/lib/identity/totp";
import { newId } from "@/lib/ids";
import { freePort } from "../support/ports";
import { actionId } from "./actions";
import { startOpenIdProvider } from "./openid-provider";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import { type Answer, Visitor } from "./visitor";
import { makePerson, PASSWORD } from "./world";

type Instance = Awaited<ReturnType<BuiltShop["startAnother"]>>;

let shop: BuiltShop;
let linked: Instance;
let openId: Awaited<ReturnType<typeof startOpenIdProvider>>;

beforeAll(async () => {
  shop = await startBuiltShop();
  const port = await freePort();
  openId = await startOpenIdProvider(`http://127.0.0.1:${port}/api/auth/callback/google`);
  linked = await shop.startAnother(
    {
      GOOGLE_CLIENT_ID: "lectern",
      GOOGLE_CLIENT_SECRET: "secret-of-the-client",
      GOOGLE_ISSUER: openId.issuer,
    },
    port,
  );
});
afterAll(async () => {
  await linked?.close();
  await openId?.close();
  await shop?.close();
});

let count = 0;
function person(email: string, verified = true) {
  count += 1;
  const one = { sub: `subject-${count}`, email, email_verified: verified, name: `Person ${count}` };
  openId.add(one);
  return one;
}

const pathOf = (location: string) => location.replace(linked.origin, "");

/** Presses the button, signs in over there, and comes back; answers the address to come back with, not used yet. */
async function goThere(sub: string, start: Answer): Promise<string> {
  const away = String(start.headers.location);
  expect(away.startsWith(openId.issuer)).toBe(true);
  for (const part of ["state=", "nonce=", "code_challenge=", "code_challenge_method=S256"])
    expect(away).toContain(part);
  const there = new Visitor(openId.issuer);
  let answer = await there.send(away.replace(openId.issuer, ""));
  for (let step = 0; step < 12; step += 1) {
    const location = answer.headers.location;
    if (location?.startsWith(linked.origin)) return pathOf(location);
    if (location) answer = await there.send(location.replace(openId.issuer, ""));
    else {
      const action = /<form[^>]* action="([^"]+)"/.exec(answer.body)?.[1] ?? "";
      const prompt = /name="prompt" value="(\w+)"/.exec(answer.body)?.[1] ?? "";
      answer = await there.send(action.replace(openId.issuer, ""), {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ prompt, login: sub, password: "any" }).toString(),
      });
    }
  }
  throw new Error("the provider never came back");
}

async function signInThere(visitor: Visitor, sub: string): Promise<Answer> {
  const start = await visitor.submit(actionId("providerSignInAction"), "/sign-in", { provider: "google" });
  return visitor.send(await goThere(sub, start));
}

const nameOf = async (visitor: Visitor) =>
  (JSON.parse((await visitor.send("/api/viewer")).body) as { user: { name: string } | null }).user?.name ??
  null;

describe("A sign-in of elsewhere", () => {
  it("makes an account of a proved address, and opens it again by the person, not the address", async () => {
    const one = person("from-google@example.test");
    const visitor = linked.visitor();
    expect((await signInThere(visitor, one.sub)).headers.location).toContain("/account/courses");
    expect(await nameOf(visitor)).toBe(one.name);
    openId.add({ ...one, email: "moved-elsewhere@example.test" });
    const again = linked.visitor();
    await signInThere(again, one.sub);
    expect(await nameOf(again)).toBe(one.name);
    expect(await shop.db.select().from(users).where(eq(users.email, "moved-elsewhere@example.test"))).toEqual(
      [],
    );
  });

  it("opens no account that merely has its address, proved or not", async () => {
    const owner = await makePerson(shop, "Owner");
    for (const verified of [true, false]) {
      const visitor = linked.visitor();
      const back = await signInThere(visitor, person(owner.email, verified).sub);
      expect(back.headers.location).toContain(`/sign-in?linked=${verified ? "known" : "unproved"}`);
      expect(await nameOf(visitor)).toBeNull();
    }
    expect(
      await shop.db.select().from(linkedAccounts).where(eq(linkedAccounts.userId, owner.userId)),
    ).toEqual([]);
  });

  it("makes no account of an address that nobody proved", async () => {
    const back = await signInThere(linked.visitor(), person("unproved@example.test", false).sub);
    expect(back.headers.location).toContain("/sign-in?linked=unproved");
    expect(await shop.db.select().from(users).where(eq(users.email, "unproved@example.test"))).toEqual([]);
  });

  it("works in the browser that went, once, and only with the state it took along", async () => {
    const one = person("bound@example.test");
    const visitor = linked.visitor();
    const start = await visitor.submit(actionId("providerSignInAction"), "/sign-in", { provider: "google" });
    const address = await goThere(one.sub, start);
    const thief = linked.visitor();
    expect((await thief.send(address)).headers.location).toContain("linked=failed");
    expect(await nameOf(thief)).toBeNull();
    const swapped = new Visitor(linked.origin);
    for (const [name, value] of visitor.cookies) swapped.cookies.set(name, value);
    const other = address.replace(/state=[^&]+/, "state=another");
    expect((await swapped.send(other)).headers.location).toContain("linked=failed");
    expect(await nameOf(swapped)).toBeNull();
    // The errand was used up by the try with the wrong state.
    expect((await visitor.send(address)).headers.location).toContain("linked=failed");
  });

  it("is linked in the settings, with the password, and asks for the second step all the same", async () => {
    const owner = await makePerson(shop, "Linker");
    await shop.db.update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.id, owner.userId));
    const one = person("linker-at-google@example.test");
    const visitor = linked.visitor();
    const credentials = { email: owner.email, password: PASSWORD };
    await visitor.submit(actionId("signInAction"), "/sign-in", credentials);
    const refused = await visitor.act(actionId("linkProviderAction"), "/account/settings/security", {
      provider: "google",
      password: "not the password",
    });
    expect(refused.body).toContain("wrong_password");
    const start = await visitor.submit(actionId("linkProviderAction"), "/account/settings/security", {
      provider: "google",
      password: PASSWORD,
    });
    const back = await visitor.send(await goThere(one.sub, start));
    expect(back.headers.location).toContain("linked=yes");

    const fresh = linked.visitor();
    await signInThere(fresh, one.sub);
    expect(await nameOf(fresh)).toBe(owner.name);

    await beginSecondFactor(owner.userId);
    const secret = (await findPendingSecret(owner.userId)) ?? "";
    const now = new Date();
    const confirmed = { userId: owner.userId, sessionId: newId<"session">() };
    expect(await confirmSecondFactor(confirmed, totpCode(secret, now), now)).toMatchObject({ ok: true });
    const third = linked.visitor();
    expect((await signInThere(third, one.sub)).headers.location).toContain("/sign-in/code");
    expect(await nameOf(third)).toBeNull();
  });

  it("does not exist where its keys are not set", async () => {
    expect((await shop.visitor().send("/api/auth/callback/google?code=x&state=y")).status).toBe(404);
    expect((await linked.visitor().send("/api/auth/callback/github?code=x&state=y")).status).toBe(404);
    for (const path of [
      "/api/auth/signin/google",
      "/api/auth/session",
      "/api/auth/csrf",
      "/api/auth/callback/nope",
    ])
      expect((await linked.visitor().send(path)).status, path).toBe(404);
    expect((await shop.visitor().send("/sign-in")).body).not.toContain('name="provider"');
    expect((await linked.visitor().send("/sign-in")).body).toContain('name="provider"');
  });
});
