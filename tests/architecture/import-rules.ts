import { addEdge, findCycles, type Graph } from "./cycles";
import {
  depthOf,
  domainOf,
  importedSource,
  isPackage,
  isShipped,
  layerOf,
  type Role,
  roleOf,
  targetOf,
} from "./places";
import type { Import, Source } from "./read-source";
import type { Rule, Sources } from "./rule";

type Verdict = (source: Source, one: Import, target: string | null) => boolean;

/** A rule about single imports: each import for which `isBreach` holds is one. */
function importRule(name: string, isBreach: Verdict, breaks: Rule["breaks"]): Rule {
  const breaches = (all: Sources) =>
    [...all.values()].flatMap((source) =>
      source.imports
        .filter((one) => isBreach(source, one, targetOf(source, one)))
        .map((one) => `${source.path}:${one.line} imports ${one.specifier}`),
    );
  return { name, breaches, breaks };
}

const isShared = (target: string) => /^lib\/[^/]+$/.test(target);
const STRIPE = ["stripe", "@stripe/stripe-js"];
const ORCHESTRATORS = ["checkout", "fulfillment", "orders"];
const UNDER_THEM = ["pricing", "coupons", "catalog", "enrollments"];
/** A rule decides from what it is handed: neither the framework, nor the network, nor a store. */
const IMPURE_PACKAGES = [
  "next",
  "next-auth",
  "drizzle-orm",
  "postgres",
  "pg-boss",
  "rate-limiter-flexible",
  "stripe",
  "resend",
  "pino",
];
const IMPURE_SHARED = /^lib\/(action|env|log)$/;
/** Hashing is a function of its input. */
const isImpureBuiltin = (specifier: string) =>
  specifier.startsWith("node:") && !/^node:(crypto|path|net)$/.test(specifier);

export const importRules: readonly Rule[] = [
  importRule(
    "app imports components, components import lib, lib imports db, and none looks upward",
    (source, _one, target) => {
      const from = layerOf(source.path);
      const to = target === null ? null : layerOf(target);
      if (from === null || to === null || target === null) return false;
      // The few files that everybody uses: ids, money, the environment.
      if (from === "db" && isShared(target)) return false;
      return depthOf(to) < depthOf(from);
    },
    [
      { "lib/cart/queries.ts": 'import { Button } from "@/components/ui/button";' },
      { "components/ui/button.tsx": 'export * from "../../app/layout";' },
      { "db/schema/orders.ts": 'import type { Cart } from "@/lib/cart/queries";' },
    ],
  ),
  importRule(
    "scripts, the sandbox, tests and benches are imported by nothing that ships",
    (source, _one, target) =>
      isShipped(source.path) &&
      target !== null &&
      /^(scripts|sandbox|tests|e2e|bench|db\/seed)(\/|$)/.test(target),
    [
      { "lib/payments/mutations.ts": 'const { pay } = await import("../../sandbox/stripe/start");' },
      { "app/api/health/route.ts": 'import { ports } from "@/scripts/ports";' },
    ],
  ),
  importRule(
    "only queries, mutations and the adapters of identity load the database",
    (source, one, target) =>
      layerOf(source.path) !== "db" &&
      isShipped(source.path) &&
      !one.typeOnly &&
      ((target !== null && /^db(\/|$)/.test(target)) || one.specifier === "postgres") &&
      !["queries", "mutations"].includes(roleOf(source)) &&
      !(roleOf(source) === "adapter" && domainOf(source.path) === "identity"),
    [
      { "app/admin/page.tsx": 'import { db } from "@/db/client";' },
      { "lib/cart/actions.ts": 'import { carts } from "../../db/schema/cart";' },
      { "lib/pricing/price-cart.ts": 'import postgres from "postgres";' },
    ],
  ),
  importRule(
    "only the payment adapters know Stripe's SDKs: one on the server, one in the browser",
    (source, one) =>
      !/^(tests|e2e|bench)\//.test(source.path) &&
      !["lib/payments/stripe.ts", "lib/payments/stripe-page.ts"].includes(source.path) &&
      isPackage(one.specifier, STRIPE),
    [
      { "lib/orders/mutations.ts": 'import type Stripe from "stripe";' },
      { "components/cart/pay.tsx": 'import { loadStripe } from "@stripe/stripe-js";' },
    ],
  ),
  importRule(
    "pricing, coupons, catalog and enrollments know nothing of checkout, orders and fulfilment",
    (source, _one, target) =>
      UNDER_THEM.includes(domainOf(source.path) ?? "") &&
      target !== null &&
      ORCHESTRATORS.includes(domainOf(target) ?? ""),
    [{ "lib/coupons/mutations.ts": 'import { expireOrder } from "@/lib/orders/mutations";' }],
  ),
  importRule(
    "a schema imports shared files, schemas and rules, since the browser loads it too",
    (source, one, target) =>
      roleOf(source) === "schema" &&
      (target === null
        ? isPackage(one.specifier, IMPURE_PACKAGES) || one.specifier.startsWith("node:")
        : /\/(queries|mutations|actions)$|^db\/|^components\/|^lib\/(action|env|log)$/.test(target)),
    [
      { "lib/cart/schema.ts": 'import { findCart } from "./queries";' },
      { "lib/cart/schema.ts": 'import { headers } from "next/headers";' },
    ],
  ),
  importRule(
    "an action goes through queries and mutations, and imports no driver",
    (source, one) =>
      roleOf(source) === "actions" &&
      isPackage(one.specifier, ["drizzle-orm", "postgres", "stripe", "resend"]),
    [{ "lib/cart/actions.ts": 'import { eq } from "drizzle-orm";' }],
  ),
  importRule(
    "components leave writing to actions",
    (source, one, target) =>
      source.path.startsWith("components/") && !one.typeOnly && /\/mutations$/.test(target ?? ""),
    [{ "components/cart/lines.tsx": 'import { addToCart } from "@/lib/cart/mutations";' }],
  ),
  {
    name: "a rule loads rules, schemas and pure packages only",
    breaches: (all) =>
      [...all.values()]
        .filter((source) => roleOf(source) === "rule")
        .flatMap((source) =>
          source.imports
            .filter((one) => !one.typeOnly && !isPure(all, source, one))
            .map((one) => `${source.path}:${one.line} imports ${one.specifier}`),
        ),
    breaks: [
      { "lib/pricing/price-cart.ts": 'import { cookies } from "next/headers";' },
      { "lib/pricing/price-cart.ts": 'import { log } from "@/lib/log";', "lib/log.ts": "" },
      {
        "lib/pricing/price-cart.ts": 'import { getCart } from "@/lib/cart/queries";',
        "lib/cart/queries.ts": 'import "server-only";',
      },
      { "lib/catalog/parse-course.ts": 'import { readFile } from "node:fs/promises";' },
    ],
  },
  {
    name: "the browser loads zod where a form checks with it, and then without its compiler",
    breaches: (all) =>
      [...all.values()]
        .filter((source) => IN_BROWSER.test(source.text) && reachesZod(all, source))
        .map((source) => `${source.path} loads zod`),
    breaks: [
      { "components/cart/lines.tsx": '"use client";\nimport { z } from "zod";' },
      {
        "components/cart/lines.tsx": '"use client";\nimport { MOST } from "@/lib/cart/most";',
        "lib/cart/most.ts": 'import { MOST } from "./schema";',
        "lib/cart/schema.ts": 'import { z } from "zod";',
      },
      {
        "components/cart/form.tsx":
          '"use client";\nimport { zodResolver } from "@hookform/resolvers/zod";\nimport "@/components/ui/zod-without-eval";',
      },
    ],
  },
  {
    name: "files do not import each other in a circle",
    breaches: (all) => findCycles(fileGraph(all)).map((cycle) => cycle.join(" → ")),
    breaks: [
      {
        "lib/cart/mutations.ts": 'import "server-only";\nimport { a } from "./queries";',
        "lib/cart/queries.ts": 'import "server-only";\nimport { b } from "./mutations";',
      },
    ],
  },
  {
    name: "domains do not depend on each other in a circle, floor by floor: entries, work, rules",
    breaches: (all) => findCycles(domainGraph(all)).map((cycle) => cycle.join(" → ")),
    breaks: [
      {
        "lib/cart/mutations.ts": 'import "server-only";\nimport { a } from "@/lib/coupons/queries";',
        "lib/coupons/queries.ts": 'import "server-only";',
        "lib/coupons/mutations.ts": 'import "server-only";\nimport { b } from "@/lib/cart/queries";',
        "lib/cart/queries.ts": 'import "server-only";',
      },
    ],
  },
];

function isPure(all: Sources, source: Source, one: Import): boolean {
  const target = targetOf(source, one);
  if (target === null) return !isPackage(one.specifier, IMPURE_PACKAGES) && !isImpureBuiltin(one.specifier);
  if (isShared(target)) return !IMPURE_SHARED.test(target);
  const found = importedSource(all, source, one);
  return found !== null && ["rule", "schema"].includes(roleOf(found));
}

const IN_BROWSER = /^"use client";/;
const NOT_SOUGHT = /^"use server";|^"use client";\s+import "@\/components\/ui\/zod-without-eval";/;

/** Whether zod is among what comes with a file, unless what brings it keeps it from compiling first. */
function reachesZod(all: Sources, from: Source, seen = new Set<string>()): boolean {
  if (seen.has(from.path) || NOT_SOUGHT.test(from.text)) return false;
  seen.add(from.path);
  const loads = from.imports.filter(({ typeOnly }) => !typeOnly);
  if (loads.some((one) => isPackage(one.specifier, ["zod", "@hookform/resolvers"]))) return true;
  return loads
    .map((one) => importedSource(all, from, one))
    .some((source) => source && reachesZod(all, source, seen));
}

function fileGraph(all: Sources): Graph {
  const graph = new Map<string, Set<string>>();
  for (const source of all.values()) {
    for (const one of source.imports.filter(({ typeOnly }) => !typeOnly)) {
      const target = importedSource(all, source, one);
      if (target) addEdge(graph, source.path, target.path);
    }
  }
  return graph;
}

/** Entries are loaded by routes, work is what they call, rules are what the work decides with. */
const FLOORS: Readonly<Record<Role, string>> = {
  shared: "",
  actions: "entry",
  dispatch: "entry",
  queries: "work",
  mutations: "work",
  adapter: "work",
  schema: "rules",
  rule: "rules",
};

function domainGraph(all: Sources): Graph {
  const graph = new Map<string, Set<string>>();
  const nodeOf = (source: Source) => {
    const domain = domainOf(source.path);
    return domain === null ? null : `${domain} (${FLOORS[roleOf(source)]})`;
  };
  for (const source of all.values()) {
    const from = nodeOf(source);
    for (const one of source.imports.filter(({ typeOnly }) => !typeOnly)) {
      const target = importedSource(all, source, one);
      const to = target && nodeOf(target);
      if (from && to && from !== to) addEdge(graph, from, to);
    }
  }
  return graph;
}
