import { createHash, timingSafeEqual } from "node:crypto";
import { renewPages } from "@/lib/catalog/renew-pages";
import { env } from "@/lib/env";

export const dynamic = "force-dynamic";

/**
 * The catalogue changed (a start, an import): every static page is made anew at its next request. For this machine's own
 * commands, which know `INTERNAL_TOKEN`.
 */
export function POST(request: Request): Response {
  const headers = { "Cache-Control": "no-store" };
  if (!isOurs(request.headers.get("authorization") ?? ""))
    return new Response(null, { status: 401, headers });
  renewPages();
  return new Response(null, { status: 204, headers });
}

/** Compared as hashes, so that neither content nor length shows in the time it takes. */
function isOurs(authorization: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(authorization), digest(`Bearer ${env().INTERNAL_TOKEN}`));
}
