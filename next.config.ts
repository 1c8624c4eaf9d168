import type { NextConfig } from "next";
import { securityHeaders } from "./lib/security-headers";

const config: NextConfig = {
  agentRules: false,
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` runs the compiler over everything; a start on a small machine need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // It imports its drizzle store at run time, which the bundler refuses.
  serverExternalPackages: ["rate-limiter-flexible"],
  experimental: {
    serverActions: { bodySizeLimit: "256kb" },
  },
  headers: async () => securityHeaders(),
};

export default config;
