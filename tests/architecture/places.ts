import { posix } from "node:path";
import type { Import, Source } from "./read-source";

/** The domains under `lib/`, in the field's own words. A new one is a decision: it is written here first. */
export const DOMAINS = [
  "alerts",
  "analytics",
  "audit",
  // Courses as staff write and price them; what the shop shows of one, and its files, is `catalog`.
  "authoring",
  // Stripe's side of the books as staff look at it: events, differences, disputes, comparisons.
  "bookkeeping",
  // Coupons as staff make, change and watch them; what a code is worth on a cart is `coupons`.
  "campaigns",
  "cart",
  "catalog",
  "certificates",
  "checkout",
  "coupons",
  // The staff's desk: one order, and what they do with it. What everybody bought, as a list, is `sales`.
  "desk",
  "disputes",
  "documents",
  "enrollments",
  "exercises",
  // Courses as folders that staff take out of the shop and bring in; how one is read and written is `catalog`.
  "folders",
  "fulfillment",
  "gifts",
  "health",
  "identity",
  // Everybody's invoices and credit notes as a list and a file; what one of them says is `documents`.
  "invoice-register",
  "jobs",
  "learning",
  "notes",
  "notifications",
  "orders",
  "outline",
  "payments",
  // Accounts as staff see and help them; who somebody is, is `identity`.
  "people",
  "pricing",
  "privacy",
  "progress",
  "reconciliation",
  // What learners ask for; `refunds` is the money that goes back.
  "refund-requests",
  "refunds",
  // What was typed to find an order, as a condition; the list is `sales`.
  "sale-search",
  "sales",
  // Enrollments as staff give and take them; who may read what is `enrollments`.
  "seats",
  "second-payments",
  "settlement",
  "settings",
  // What the shop itself runs with, as staff see and try it; `settings` are those of an account.
  "store",
  "wishlist",
] as const;

/** What a file of `lib/` is, told by its name, and for adapters by its first line. */
export type Role =
  | "shared"
  | "schema"
  | "queries"
  | "mutations"
  | "actions"
  | "adapter"
  | "dispatch"
  | "rule";

const NAMED: Readonly<Record<string, Role>> = {
  "schema.ts": "schema",
  "queries.ts": "queries",
  "mutations.ts": "mutations",
  "actions.ts": "actions",
  // What actions.ts is for people, these are for Stripe's events and for the worker's clock.
  "webhook.ts": "dispatch",
  "run-jobs.ts": "dispatch",
  "reconcile.ts": "dispatch",
};

export function domainOf(path: string): string | null {
  return /^lib\/([^/]+)\//.exec(path)?.[1] ?? null;
}

export function roleOf(source: Source): Role {
  if (domainOf(source.path) === null) return "shared";
  const named = NAMED[posix.basename(source.path)];
  return named ?? (/^(?:"use client";\s*)?\/\*\* Adapter: /.test(source.text) ? "adapter" : "rule");
}

/** What ships: routes, components, business, database. `db/seed` is a script that happens to lie beside its tables. */
export function isShipped(path: string): boolean {
  return layerOf(path) !== null;
}

const LAYERS = ["app", "components", "lib", "db"] as const;
export type Layer = (typeof LAYERS)[number];

/** The files that Next itself loads from the root belong to the routes. */
export function layerOf(path: string): Layer | null {
  if (/^(instrumentation|next\.config)\.ts$/.test(path)) return "app";
  if (path.startsWith("db/seed/")) return null;
  return LAYERS.find((layer) => path.startsWith(`${layer}/`)) ?? null;
}

export function depthOf(layer: Layer): number {
  return LAYERS.indexOf(layer);
}

/** The repository path an import leads to, without its extension; null for a package. */
export function targetOf(source: Source, { specifier }: Import): string | null {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier.startsWith(".")) return posix.join(posix.dirname(source.path), specifier);
  return null;
}

/** The source an import leads to, when it is one of ours. */
export function importedSource(all: ReadonlyMap<string, Source>, source: Source, one: Import): Source | null {
  const target = targetOf(source, one);
  if (target === null) return null;
  for (const ending of ["", ".ts", ".tsx", ".mts", ".mjs"]) {
    const found = all.get(target + ending);
    if (found) return found;
  }
  return null;
}

/** True for the package itself and for anything in it. */
export function isPackage(specifier: string, names: readonly string[]): boolean {
  return names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}
