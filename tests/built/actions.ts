import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({
      filename: z.string(),
      exportedName: z.string(),
      workers: z.record(z.string(), z.unknown()),
    }),
  ),
  edge: z.record(z.string(), z.unknown()),
});

export type BuiltAction = {
  readonly id: string;
  /** `lib/cart/actions.ts addToCartAction` */
  readonly name: string;
  /** The pages it can be posted to, as `/courses/[slug]`. */
  readonly pages: readonly string[];
};

/** Every server action that the build answers to, whether a page still shows it or not. */
export function listBuiltActions(): BuiltAction[] {
  const text = readFileSync(join(".next", "server", "server-reference-manifest.json"), "utf8");
  const { node, edge } = manifest.parse(JSON.parse(text));
  if (Object.keys(edge).length > 0)
    throw new Error("There are actions for the edge runtime, which nothing tests.");
  return Object.entries(node).map(([id, action]) => ({
    id,
    name: `${action.filename} ${action.exportedName}`,
    pages: Object.keys(action.workers).map(pageOf).sort(),
  }));
}

/** The id of an action of this build, by its exported name. */
export function actionId(exportedName: string): string {
  const found = listBuiltActions().find((action) => action.name.endsWith(` ${exportedName}`));
  if (!found) throw new Error(`The build has no action named ${exportedName}.`);
  return found.id;
}

/** `app/(shop)/courses/[slug]/page` is `/courses/[slug]`. */
function pageOf(worker: string): string {
  const segments = worker.split("/").slice(1, -1);
  return `/${segments.filter((segment) => !/^\(.*\)$/.test(segment)).join("/")}`;
}
