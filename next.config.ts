import type { NextConfig } from "next";
import { securityHeaders } from "./lib/security-headers";

const config: NextConfig = {
  agentRules: false,
  // Not a folder above, should another project's lock file lie there.
  turbopack: { root: import.meta.dirname },
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` runs the compiler over everything; a start on a small machine need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // It imports its drizzle store at run time, which the bundler refuses.
  serverExternalPackages: ["rate-limiter-flexible", "esbuild"],
  experimental: {
    // With it, pages that no build made (courses) answer 404 when a link fetches them ahead: Next 16.4.6 measures what
    // to inline at build time only.
    prefetchInlining: false,
    // Pages made on demand stay in memory: on disk, every made-up /courses/<slug> would leave its 404 behind for good.
    isrFlushToDisk: false,
    serverActions: { bodySizeLimit: "256kb" },
  },
  headers: async () => securityHeaders(),
};

export default config;
