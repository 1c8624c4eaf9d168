import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { auditEntries } from "@/db/schema/audit";
import { actionId } from "./actions";
import { makeStaff } from "./make-staff";
import { type BuiltShop, startBuiltShop } from "./start-shop";
import type { Visitor } from "./visitor";
import { listCourses, makePerson } from "./world";

let shop: BuiltShop;
let admin: Visitor;

beforeAll(async () => {
  shop = await startBuiltShop();
  admin = await makeStaff(shop, "admin");
});
afterAll(() => shop?.close());

/** Every name that a page or a file reads from its address, and some that none reads. */
const NAMES = [
  ..."q from to after before year month preset range currency by course coupon least most sort direction".split(
    " ",
  ),
  ..."status state type level price batch action email order token session_id returnTo tab nobody".split(" "),
];

const ODD = {
  "the character 0": "%00",
  "words around it": "Py%00thon",
  "half a sign": "%ED%A0%80",
  "the last day there is": "9999-12-31",
  "the first": "0001-01-01",
  "no day": "2026-02-31",
  "a number without an end": "9".repeat(300),
  "a long text": "x".repeat(300),
  "a pattern": "%25_%5C%27%22%3B--",
};

const routes = Object.values(
  z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(".next", "app-path-routes-manifest.json"), "utf8"))),
).filter((route) => !/^\/(?:_|dev\/)/.test(route));
const plain = routes.filter((route) => !route.includes("["));
const named = routes.filter((route) => route.includes("["));

/** What every address must do, whatever it is asked: answer, and not with a fault of its own. */
async function expectSound(path: string): Promise<void> {
  const { status, body } = await admin.send(path);
  expect(status, path.slice(0, 200)).toBeLessThan(500);
  // A fault after the first byte is told in the page.
  expect(body, path.slice(0, 200)).not.toMatch(/<template[^>]* data-dgst="\d/);
}

it.each(Object.entries(ODD))(
  "every address answers when all that it reads is %s",
  { timeout: 120_000 },
  async (_, value) => {
    const query = NAMES.map((name) => `${name}=${value}`).join("&");
    for (const path of plain) await expectSound(`${path}?${query}`);
  },
);

it("every address answers when it is asked for each thing twice", { timeout: 60_000 }, async () => {
  const query = NAMES.map((name) => `${name}=1&${name}=2`).join("&");
  for (const path of plain) await expectSound(`${path}?${query}`);
});

// What is no UTF-8 is answered by Next itself, before any of the shop runs: with 500.
it.each(["%00", "9".repeat(300), "..%2F..", "%25"])(
  "every address answers that is named %s",
  { timeout: 120_000 },
  async (name) => {
    for (const route of named) await expectSound(route.replaceAll(/\[[^\]]+\]/g, name));
  },
);

it("a form is taken without the character 0, and a day that is too far is refused beside its field", async () => {
  const [course] = await listCourses(shop, { free: false });
  const { email } = await makePerson(shop, "learner");
  const give = (until: string) =>
    admin.act(actionId("grantSeatAction"), "/admin/enrollments/new", {
      email,
      course: course?.slug ?? "",
      type: "free",
      reason: "With\0 thanks",
      until,
    });
  const refused = await give("9999-12-31");
  expect(refused.status).toBe(200);
  expect(refused.body).toContain("at the latest 2100-12-31");
  await give("2100-12-31");
  const told = await shop.db.select({ detail: auditEntries.detail }).from(auditEntries);
  expect(JSON.stringify(told)).toContain("With thanks");
});
