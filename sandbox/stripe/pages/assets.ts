import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Reply } from "../http/server";

const own = (name: string) => fileURLToPath(new URL(`./assets/${name}`, import.meta.url));
const inPackage = (path: string) => createRequire(import.meta.url).resolve(path);

const FILES: Record<string, { path: () => string; type: string }> = {
  "embedded.js": { path: () => own("embedded.js"), type: "text/javascript; charset=utf-8" },
  "checkout.js": { path: () => own("checkout.js"), type: "text/javascript; charset=utf-8" },
  "favicon.svg": { path: () => own("favicon.svg"), type: "image/svg+xml" },
  "inter.woff2": {
    path: () => inPackage("@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2"),
    type: "font/woff2",
  },
  "stripe.js": { path: () => own("stripe.js"), type: "text/javascript; charset=utf-8" },
  "sandbox.css": { path: () => own("sandbox.css"), type: "text/css; charset=utf-8" },
};

/** A file the pages load; null when there is none of this name. */
export function asset(name: string): Reply | null {
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (file === undefined) return null;
  try {
    const body = readFileSync(file.path());
    return { status: 200, headers: { "content-type": file.type, "cache-control": "max-age=60" }, body };
  } catch {
    return null;
  }
}
