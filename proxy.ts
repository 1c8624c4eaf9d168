import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "./lib/env";
import { contentSecurityPolicy, paymentOrigins } from "./lib/security-headers";

/**
 * Pages with personal data get a content security policy with a nonce of their own, and no cache may keep them. Next reads
 * the nonce from the request's header and puts it on its scripts. Who may see a page is not decided here: pages, actions
 * and queries do that themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  const policy = policyWith(randomBytes(16).toString("base64"));
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

function policyWith(nonce: string): string {
  const { NODE_ENV, STRIPE_API_BASE } = env();
  const formTargets = paymentOrigins(STRIPE_API_BASE);
  // In development React explains errors with eval, and the error overlay brings styles of its own.
  return NODE_ENV === "development"
    ? contentSecurityPolicy({
        scripts: `'nonce-${nonce}' 'unsafe-eval'`,
        styles: "'unsafe-inline'",
        formTargets,
      })
    : contentSecurityPolicy({ scripts: `'nonce-${nonce}'`, styles: `'nonce-${nonce}'`, formTargets });
}

/** Read at build time, so written out; a test keeps it equal to PERSONAL_PATHS. */
export const config = {
  matcher: [
    "/account/:path*",
    "/learn/:path*",
    "/admin/:path*",
    "/cart/:path*",
    "/checkout/:path*",
    "/sign-in/:path*",
    "/sign-up/:path*",
  ],
};
