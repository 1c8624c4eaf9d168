import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "./lib/env";
import {
  COURSE_FILE_PATH,
  contentSecurityPolicy,
  embeddedPayment,
  paymentOrigins,
  permissionsPolicy,
  providerOrigins,
} from "./lib/security-headers";

/**
 * Pages with personal data get a content security policy with a nonce of their own, and no cache may keep them. Next reads
 * the nonce from the request's header and puts it on its scripts. Who may see a page is not decided here: pages, actions
 * and queries do that themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  if (COURSE_FILE_PATH.test(request.nextUrl.pathname)) return NextResponse.next();
  const embedded = env().STRIPE_CHECKOUT_UI === "embedded" && request.nextUrl.pathname === "/checkout";
  const policy = policyWith(randomBytes(16).toString("base64"), embedded);
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("Cache-Control", "private, no-store");
  if (embedded)
    response.headers.set(
      "Permissions-Policy",
      permissionsPolicy(embeddedPayment(env().STRIPE_API_BASE).frames),
    );
  return response;
}

/** `embedded`: for the one page with the payment provider's inside. */
function policyWith(nonce: string, embedded: boolean): string {
  const { NODE_ENV, STRIPE_API_BASE } = env();
  const { scripts = [], ...lets } = embedded ? embeddedPayment(STRIPE_API_BASE) : {};
  const formTargets = [...paymentOrigins(STRIPE_API_BASE), ...providerOrigins(env())];
  const allowed = [`'nonce-${nonce}'`, ...scripts].join(" ");
  // In development React explains errors with eval, and the error overlay brings styles of its own.
  return NODE_ENV === "development"
    ? contentSecurityPolicy({
        scripts: `${allowed} 'unsafe-eval'`,
        styles: "'unsafe-inline'",
        formTargets,
        ...lets,
      })
    : contentSecurityPolicy({ scripts: allowed, styles: `'nonce-${nonce}'`, formTargets, ...lets });
}

/** Read at build time, so written out; a test keeps it equal to PERSONAL_PATHS. */
export const config = {
  matcher: [
    "/account/:path*",
    "/learn/:path*",
    "/certificates/:path*",
    "/wishlists/:path*",
    "/gift/:path*",
    "/give/:path*",
    "/admin/:path*",
    "/cart/:path*",
    "/checkout/:path*",
    "/sign-in/:path*",
    "/sign-up/:path*",
    "/reset-password/:path*",
    "/verify-email/:path*",
    "/unsubscribe/:path*",
  ],
};
