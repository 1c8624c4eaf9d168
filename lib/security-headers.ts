/** Pages that carry personal data: their CSP has a nonce per request and is set in `proxy.ts`. */
export const PERSONAL_PATHS = ["/account", "/learn", "/admin", "/cart", "/checkout", "/sign-in", "/sign-up"] as const;

const everywhere = [
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()" },
];

/** `scripts` is what may run besides the site's own files. Forms may post to us and, through our redirect, to `payment`. */
export function contentSecurityPolicy(scripts: string, payment = ""): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self' ${payment}`.trim(),
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Headers by path, for next.config. Static pages cannot carry a nonce: Next's inline data needs 'unsafe-inline' there,
 * and they hold no user-written HTML.
 */
export function securityHeaders() {
  const personal = PERSONAL_PATHS.map((path) => path.slice(1)).join("|");
  return [
    { source: "/:path*", headers: everywhere },
    {
      source: `/((?!(?:${personal}|api)(?:/|$)).*)`,
      headers: [{ key: "Content-Security-Policy", value: contentSecurityPolicy("'unsafe-inline'") }],
    },
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }] },
  ];
}
