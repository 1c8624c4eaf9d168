import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importCatalog } from "@/lib/catalog/import";
import { PERSONAL_PATHS } from "@/lib/security-headers";
import { waitUntil } from "../../sandbox/process";
import { type BuiltShop, startBuiltShop } from "./start-shop";

const COURSE = "python-from-zero";

let shop: BuiltShop;
let second: Awaited<ReturnType<BuiltShop["startAnother"]>>;
beforeAll(async () => {
  shop = await startBuiltShop();
  second = await shop.startAnother();
});
afterAll(async () => {
  await second?.close();
  await shop?.close();
});

async function isOnShelf(url: string): Promise<boolean> {
  const answer = await fetch(url);
  await answer.text();
  return answer.ok && answer.headers.get("x-nextjs-cache") === "HIT";
}

/** The catalogue of the repository with another title for one course, imported. */
async function renameCourse(title: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lectern-content-"));
  cpSync("content", folder, { recursive: true });
  const file = join(folder, "courses", COURSE, "course.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^title: .*$/m, `title: ${title}`));
  await importCatalog({ dir: folder, now: new Date() });
  rmSync(folder, { recursive: true, force: true });
}

test("no page under a personal address was made at build time, where no nonce could be put on its scripts", () => {
  const { routes } = JSON.parse(readFileSync(".next/prerender-manifest.json", "utf8")) as { routes: object };
  const personal = (path: string) =>
    PERSONAL_PATHS.some((start) => path === start || path.startsWith(`${start}/`));
  expect(Object.keys(routes)).toContain("/pricing");
  expect(Object.keys(routes).filter(personal)).toEqual([]);
});

test("every public page is served from the shelf with the headers that Next gave it", async () => {
  for (const path of ["/", "/courses", `/courses/${COURSE}`, "/pricing", "/terms"]) {
    const url = shop.origin + path;
    const first = await fetch(url);
    const made = await first.text();
    expect(await waitUntil(() => isOnShelf(url), 10_000), path).toBe(true);
    const later = await fetch(url, { headers: { "accept-encoding": "gzip" } });
    expect(await later.text(), path).toBe(made);
    expect(later.headers.get("content-encoding"), path).toBe("gzip");
    for (const name of ["content-security-policy", "x-content-type-options", "cache-control", "vary"])
      expect(later.headers.get(name), `${path}: ${name}`).toBe(first.headers.get(name));
  }
});

test("a course that changes is shown by every process of the shop within seconds", async () => {
  const path = `/courses/${COURSE}`;
  const origins = [shop.origin, second.origin];
  for (const origin of origins) expect(await waitUntil(() => isOnShelf(origin + path), 10_000)).toBe(true);
  await renameCourse("Python for people who count seconds");
  for (const origin of origins) {
    const shows = async () =>
      (await (await fetch(origin + path)).text()).includes("people who count seconds");
    expect(await waitUntil(shows, 10_000, 100), origin).toBe(true);
  }
});

test("a course that is not there stays not there, however often it is asked for", async () => {
  for (let time = 0; time < 3; time += 1)
    expect((await fetch(`${shop.origin}/courses/no-such-course`)).status).toBe(404);
});
