/** Pages that carry personal data: their CSP has a nonce per request and is set in `personal-pages.ts`. */
export const PERSONAL_PATHS = [
  "/account",
  "/learn",
  "/certificates",
  "/wishlists",
  "/gift",
  "/give",
  "/admin",
  "/cart",
  "/checkout",
  "/sign-in",
  "/sign-up",
  "/reset-password",
  "/verify-email",
  "/unsubscribe",
] as const;

/** On every answer, whoever gives it. */
const HEADERS_EVERYWHERE = [
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** What a page may ask of the browser, the same for all but one personal page (`personal-pages.ts`). */
const PERMISSIONS = { key: "Permissions-Policy", value: permissionsPolicy() };

/** Of what is no page: it runs nothing and loads nothing. */
const NOTHING_ALLOWED = {
  key: "Content-Security-Policy",
  value: "default-src 'none'; frame-ancestors 'none'",
};

/** On what is answered before Next is asked, and is no page. */
export const HEADERS_BEFORE_NEXT = [...HEADERS_EVERYWHERE, PERMISSIONS, NOTHING_ALLOWED];

/** `/learn/<course>/files/<name>`: `personal-pages.ts` leaves these to the headers below. */
export const COURSE_FILE_PATH = /^\/learn\/[^/]+\/files\/[^/]+$/;

/**
 * A course's file comes from an author, and a picture may be an SVG. It is only ever drawn or downloaded: opened by itself
 * it is in an origin of its own, runs nothing and loads nothing. A browser may keep it, and asks each time whether it still may.
 */
export const COURSE_FILE_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "private, no-cache",
} as const;

type Allowed = {
  /** What may run besides the site's own files. */
  readonly scripts: string;
  /** What may style besides the site's own files. */
  readonly styles: string;
  /** Where our answer to a posted form may lead besides this site: browsers apply `form-action` to redirects as well. */
  readonly formTargets?: readonly string[];
  /** Other sites that may be shown in a frame, spoken to, and give pictures. */
  readonly frames?: readonly string[];
  readonly connections?: readonly string[];
  readonly images?: readonly string[];
};

/** Everything from this site, nothing in a frame, no plug-ins, no `<base>`; inline code only as `Allowed` says. */
export function contentSecurityPolicy({
  scripts,
  styles,
  formTargets = [],
  frames = [],
  connections = [],
  images = [],
}: Allowed): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts}`,
    `style-src 'self' ${styles}`,
    // The exercises' editor writes its measures into style attributes; they can style their own element only.
    "style-src-attr 'unsafe-inline'",
    ["img-src 'self' data:", ...images].join(" "),
    "font-src 'self'",
    ["connect-src 'self'", ...connections].join(" "),
    ...(frames.length > 0 ? [["frame-src", ...frames].join(" ")] : []),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    ["form-action 'self'", ...formTargets].join(" "),
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The origins of Stripe's payment page; with a stand-in for Stripe its own, under both names of this machine. */
export function paymentOrigins(stripeApiBase: string | undefined): readonly string[] {
  if (stripeApiBase === undefined) return ["https://checkout.stripe.com"];
  const { origin } = new URL(stripeApiBase);
  return [
    ...new Set([
      origin,
      origin.replace("//127.0.0.1", "//localhost"),
      origin.replace("//localhost", "//127.0.0.1"),
    ]),
  ];
}

/** Where signing in elsewhere leads to, for those services whose keys are set. */
export function providerOrigins(keys: {
  readonly GOOGLE_CLIENT_ID?: string | undefined;
  readonly GOOGLE_ISSUER?: string | undefined;
  readonly GITHUB_CLIENT_ID?: string | undefined;
}): readonly string[] {
  const google = keys.GOOGLE_CLIENT_ID
    ? [new URL(keys.GOOGLE_ISSUER ?? "https://accounts.google.com").origin]
    : [];
  return [...google, ...(keys.GITHUB_CLIENT_ID ? ["https://github.com"] : [])];
}

/**
 * What the page with Stripe's payment page inside lets in besides. Source: docs.stripe.com/security/guide, "Content
 * Security Policy", for Stripe.js and Checkout.
 */
export function embeddedPayment(stripeApiBase: string | undefined) {
  if (stripeApiBase !== undefined) {
    const standIn = paymentOrigins(stripeApiBase);
    return { scripts: standIn, frames: standIn, connections: [], images: [] };
  }
  const own = ["https://js.stripe.com", "https://*.js.stripe.com", "https://checkout.stripe.com"];
  return {
    scripts: own,
    frames: [...own, "https://hooks.stripe.com"],
    connections: ["https://api.stripe.com", "https://checkout.stripe.com"],
    images: ["https://*.stripe.com"],
  };
}

/** The embedded page's frame may ask the browser for a stored card or a wallet; nothing else on the site may. */
export function permissionsPolicy(payment: readonly string[] = []): string {
  const allowed = payment.map((origin) => `"${origin}"`).join(" ");
  return `camera=(), microphone=(), geolocation=(), payment=(${allowed === "" ? "" : `self ${allowed}`}), usb=(), browsing-topics=()`;
}

/**
 * Headers by path, for next.config. Static pages cannot carry a nonce: Next's inline data needs 'unsafe-inline' there,
 * and they hold no user-written HTML.
 */
export function securityHeaders() {
  const personal = PERSONAL_PATHS.map((path) => path.slice(1)).join("|");
  const ofStaticPages = contentSecurityPolicy({ scripts: "'unsafe-inline'", styles: "'unsafe-inline'" });
  const ofWorkers = contentSecurityPolicy({ scripts: "'wasm-unsafe-eval'", styles: "'self'" });
  return [
    { source: "/:path*", headers: HEADERS_EVERYWHERE },
    { source: `/((?!(?:${personal})(?:/|$)).*)`, headers: [PERMISSIONS] },
    {
      source: `/((?!(?:${personal}|api)(?:/|$)).*)`,
      headers: [{ key: "Content-Security-Policy", value: ofStaticPages }],
    },
    {
      // A worker obeys the policy of its own script. Those that run Python and SQLite compile WebAssembly; no page may.
      source: "/workers/:path*",
      headers: [{ key: "Content-Security-Policy", value: ofWorkers }],
    },
    {
      source: "/api/:path*",
      headers: [NOTHING_ALLOWED],
    },
  ];
}
