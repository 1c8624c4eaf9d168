import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { userSessions, users } from "@/db/schema/identity";
import { lessonVersions } from "@/db/schema/lesson-versions";
import { ADMIN_ROUTES, PERMISSIONS, type Permission, roleMay, type StaffRole } from "@/lib/permissions";
import { listBuiltActions } from "./actions";
import { watchChanges } from "./changes";
import { findLeak } from "./leaks";
import { staffExpectations } from "./staff-expectations";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { makePerson, makeWorld, type World } from "./world";

type Caller = { readonly name: string; readonly visitor: Visitor; readonly role: StaffRole | null };

/** A former text of the world's lesson, by a number that no edit here reaches. */
const FORMER = 999_999;

let shop: BuiltShop;
let world: World;
let callers: readonly Caller[];

beforeAll(async () => {
  shop = await startBuiltShop();
  world = await makeWorld(shop);
  await shop.db.insert(lessonVersions).values({
    lessonId: world.edited.lesson,
    revision: FORMER,
    title: "Before",
    summary: "Before.",
    body: "Before.",
    quiz: [],
    minutes: 5,
    freePreview: false,
  });
  callers = [
    { name: "a guest", visitor: world.guest.visitor, role: null },
    { name: "a learner", visitor: world.learner.visitor, role: null },
    { name: "an admin without the second factor", visitor: await staff("admin", false), role: null },
    { name: "support", visitor: await staff("support"), role: "support" },
    { name: "an admin", visitor: await staff("admin"), role: "admin" },
  ];
});
afterAll(() => shop?.close());

/** Somebody signed in with this role, and with a code of the second factor unless said otherwise. */
async function staff(role: StaffRole, secondFactor = true): Promise<Visitor> {
  const person = await makePerson(shop, role);
  await shop.db.update(users).set({ role }).where(eq(users.id, person.userId));
  if (secondFactor)
    await shop.db
      .update(userSessions)
      .set({ secondFactorAt: sql`now()` })
      .where(eq(userSessions.userId, person.userId));
  return person.visitor;
}

const mayDo = ({ role }: Caller, permission: Permission) => role !== null && roleMay(role, permission);

describe("The addresses under /admin", () => {
  const built = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(".next", "app-path-routes-manifest.json"), "utf8")));
  const routes = Object.values(built).filter((route) => /^\/admin(\/|$)/.test(route));

  it("all stand in the matrix", () => {
    expect(routes.sort()).toEqual(Object.keys(ADMIN_ROUTES).sort());
  });

  it("open to whom the matrix says, and are not there for anybody else", { timeout: 240_000 }, async () => {
    for (const [route, permission] of Object.entries(ADMIN_ROUTES)) {
      const path = addressOf(route);
      for (const caller of callers) {
        const { status, body } = await caller.visitor.send(path);
        const what = `${path} for ${caller.name}`;
        if (mayDo(caller, permission)) expect(status, what).toBe(200);
        else {
          // Staff without the second factor are led to setting it up; nothing of the page goes along.
          expect(status, what).toBe(caller.name.includes("without") ? 307 : 404);
          expect(body, what).not.toContain(world.learner.email);
        }
        expect(findLeak(body), what).toBeNull();
        const asked = await caller.visitor.payload(path);
        if (!mayDo(caller, permission)) expect(asked.body, what).not.toContain(world.learner.email);
      }
    }
  });

  it("are not there for odd ways of asking either", async () => {
    const { visitor } = world.learner;
    const ways = [
      () =>
        visitor.send("/admin/orders", { headers: { "x-middleware-subrequest": "middleware:proxy:proxy" } }),
      () => visitor.send("/ADMIN/orders"),
      () => visitor.send("/%61dmin/orders"),
      () => visitor.send("/admin/orders/"),
      () => visitor.send("/admin/orders.rsc"),
      () => visitor.send("/admin/orders", { method: "HEAD" }),
      () => visitor.payload("/admin/orders", { "next-router-segment-prefetch": "/_tree" }),
      () => visitor.payload("/admin/orders", { "next-router-prefetch": "1" }),
    ];
    for (const ask of ways) {
      const { body } = await ask();
      expect(body).not.toContain(world.bystander.email);
      expect(body).not.toContain("ORD-");
    }
  });
});

describe("The actions of staff", () => {
  const built = listBuiltActions().filter(({ name }) => permissionOf(name) !== null);

  it("are all known here", () => {
    expect(built.map(({ name }) => name).sort()).toEqual(Object.keys(staffExpectations).sort());
  });

  for (const action of built) {
    const expected = staffExpectations[action.name];
    const permission = permissionOf(action.name);
    if (!expected || !permission) continue;
    it(`${action.name} works for whom the matrix says (${permission}), and leaves a line in the audit log`, async () => {
      for (const caller of callers) {
        // Who may not do it changes nothing, so that one world is enough for all of them.
        const fields = expected.fields(mayDo(caller, permission) ? await makeWorld(shop) : world);
        const changes = await watchChanges(shop);
        const answer = await caller.visitor.act(action.id, addressOf(action.pages[0] ?? "/admin"), fields);
        expect(findLeak(answer.body), caller.name).toBeNull();
        const changed = (await changes()).map((key) => key.split(" of ")[0]);
        const wanted =
          mayDo(caller, permission) && expected.changes
            ? [...expected.changes, "audit_entries", "audit_heads"]
            : [];
        expect([...new Set(changed)].sort(), caller.name).toEqual(wanted.sort());
      }
    });
  }
});

/** The permission that an action of the build names in its source; null for one that is not for staff. */
function permissionOf(name: string): Permission | null {
  const [file = "", exported = ""] = name.split(" ");
  const found = new RegExp(`\\b${exported} = adminAction\\(\\s*"([^"]+)"`).exec(readFileSync(file, "utf8"));
  const known = Object.keys(PERMISSIONS) as Permission[];
  return known.find((permission) => permission === found?.[1]) ?? null;
}

function addressOf(route: string): string {
  return route
    .replace("[orderNumber]", world.order.orderNumber)
    .replace("[request]", world.requestId)
    .replace("[course]", world.owned)
    .replace("[lesson]", world.lesson)
    .replace("[revision]", String(FORMER))
    .replace("[code]", world.unusedCoupon)
    .replace("[enrollment]", world.lentSeat)
    .replace("[event]", world.eventId)
    .replace("[user]", world.spare.userId);
}
