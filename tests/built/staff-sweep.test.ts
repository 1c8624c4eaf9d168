import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { auditEntries } from "@/db/schema/audit";
import { lessonVersions } from "@/db/schema/lesson-versions";
import { readFolder } from "@/lib/folders/queries";
import { ADMIN_ROUTES, PERMISSIONS, type Permission, roleMay, type StaffRole } from "@/lib/permissions";
import { listBuiltActions } from "./actions";
import { plainForgeries } from "./attacks";
import { watchChanges } from "./changes";
import { findLeak } from "./leaks";
import { makeStaff } from "./make-staff";
import { staffExpectations } from "./staff-expectations";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { listCourses, makeWorld, type World } from "./world";

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
    {
      name: "an admin without the second factor",
      visitor: await makeStaff(shop, "admin", false),
      role: null,
    },
    { name: "support", visitor: await makeStaff(shop, "support"), role: "support" },
    { name: "an admin", visitor: await makeStaff(shop, "admin"), role: "admin" },
  ];
});
afterAll(() => shop?.close());

const mayDo = ({ role }: Caller, permission: Permission) => role !== null && roleMay(role, permission);

describe("The addresses under /admin", () => {
  const built = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(".next", "app-path-routes-manifest.json"), "utf8")));
  /** Stands for every address that is not there. */
  const missing = "/admin/[...missing]";
  const routes = Object.values(built).filter((route) => /^\/admin(\/|$)/.test(route) && route !== missing);

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
        if (!mayDo(caller, permission)) {
          expect(asked.body, what).not.toContain(world.learner.email);
          // A payload that has begun says in itself that there is no such page, or leads away.
          if (asked.status === 200)
            expect(asked.body, what).toMatch(/NEXT_(?:HTTP_ERROR_FALLBACK;404|REDIRECT;)/);
          else expect(asked.status, what).toBe(status);
        }
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

describe("POST /admin/content/folder, which alone changes things and is no action", () => {
  const path = "/admin/content/folder";

  it("imports for whom the matrix says, and for nobody else and no other page", async () => {
    const [course] = await listCourses(shop, { free: false });
    if (!course) throw new Error("no course");
    const { archive, title } = await packRenamed(course.slug);
    const upload = (seen = "") => {
      const form = new FormData();
      form.set("file", new File([archive], "course.zip", { type: "application/zip" }));
      form.set("seen", seen);
      return form;
    };
    const post = ({ visitor }: Caller, seen: string, headers: Readonly<Record<string, string>>) =>
      visitor.send(path, { method: "POST", headers, body: upload(seen) });
    const own = { origin: shop.origin };
    const admin = callers.find((caller) => caller.role === "admin");
    if (!admin) throw new Error("no admin");

    const unchanged = await watchChanges(shop);
    const tried = z
      .object({ kind: z.literal("tried"), seen: z.string().min(1) })
      .parse(JSON.parse((await post(admin, "", own)).body));
    // With what the trial answered, these posts are refused for who sends them or from where, and for nothing else.
    for (const caller of callers.filter((one) => !mayDo(one, ADMIN_ROUTES[path]))) {
      for (const seen of ["", tried.seen]) {
        const { status, body } = await post(caller, seen, own);
        expect(status, caller.name).toBe(caller.name.includes("without") ? 303 : 404);
        expect(body, caller.name).not.toContain(tried.seen);
        expect(body, caller.name).not.toContain(title);
        expect(findLeak(body), caller.name).toBeNull();
      }
    }
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { origin: "https://elsewhere.example" },
      { origin: "null" },
      {},
      { ...own, "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreign) {
      const { status, body } = await post(admin, tried.seen, headers);
      expect([status, JSON.parse(body)]).toEqual([403, { kind: "refused", code: "foreign_origin" }]);
    }
    expect(await unchanged()).toEqual([]);

    const changes = await watchChanges(shop);
    const logged = await countAuditEntries();
    const { status, body } = await post(admin, tried.seen, own);
    expect([status, JSON.parse(body).kind]).toEqual([200, "imported"]);
    expect(await changes()).toEqual(
      ["audit_entries", "audit_heads", "catalog_revisions", "courses"].map((table) => `${table} of the shop`),
    );
    expect(await countAuditEntries()).toBe(logged + 1);
    expect((await listCourses(shop, { free: false })).map((one) => one.title)).toContain(title);
  });

  /** A course's folder as it is taken out, with another title. */
  async function packRenamed(slug: string) {
    const title = `Brought in ${randomUUID()}`;
    const files = [...(await readFolder(slug))].map(([name, text]) => {
      const renamed = name.endsWith("course.yaml")
        ? String(text).replace(/^title: .*$/m, `title: ${title}`)
        : text;
      return [name, typeof renamed === "string" ? strToU8(renamed) : new Uint8Array(renamed)] as const;
    });
    return { archive: Buffer.from(zipSync(Object.fromEntries(files))), title };
  }
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
    it(`${action.name} works for whom the matrix says (${permission}), from our own pages, and leaves one line in the audit log`, async () => {
      for (const caller of callers) {
        // Who may not do it changes nothing, so that one world is enough for all of them.
        const fields = expected.fields(mayDo(caller, permission) ? await makeWorld(shop) : world);
        const page = addressOf(action.pages[0] ?? "/admin");
        const logged = await countAuditEntries();
        if (mayDo(caller, permission)) {
          const unchanged = await watchChanges(shop);
          for (const attack of plainForgeries)
            await caller.visitor.sendAside(page, attack.make(action.id, fields, shop.origin));
          expect(await unchanged(), `forged, with the cookies of ${caller.name}`).toEqual([]);
        }
        const changes = await watchChanges(shop);
        const answer = await caller.visitor.act(action.id, page, fields);
        expect(findLeak(answer.body), caller.name).toBeNull();
        const isRefused = /"code":"(?:forbidden|signed_out)"/.test(answer.body);
        expect(isRefused, `${caller.name}: ${answer.body.slice(0, 300)}`).toBe(!mayDo(caller, permission));
        const changed = (await changes()).map((key) => key.split(" of ")[0]);
        const wanted =
          mayDo(caller, permission) && expected.changes
            ? [...expected.changes, "audit_entries", "audit_heads"]
            : [];
        expect([...new Set(changed)].sort(), caller.name).toEqual(wanted.sort());
        const lines = wanted.length > 0 ? (expected.auditEntries ?? 1) : 0;
        expect((await countAuditEntries()) - logged, `lines of ${caller.name}`).toBe(lines);
      }
    });
  }
});

const countAuditEntries = () => shop.db.$count(auditEntries);

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
