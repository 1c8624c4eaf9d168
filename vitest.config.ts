import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The package throws outside Next's bundler on purpose.
      { find: /^server-only$/, replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    setupFiles: ["tests/support/environment.ts"],
    // It imports Next by paths that only a bundler resolves.
    server: { deps: { inline: ["next-auth"] } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // By itself it leaves one processor free, which is half of a small machine; our tests wait for the database anyway.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}", "tests/*.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          globalSetup: "tests/support/global-setup.ts",
        },
      },
      {
        extends: true,
        // What needs the build: its own process, its own files. `npm test` builds first.
        test: {
          name: "built",
          include: ["tests/built/**/*.test.ts"],
          globalSetup: "tests/support/global-setup.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        // `npm run kill-matrix`: minutes long, and not part of `npm test`, which has a few of its points. Needs the build. The
        // sale to 2,000 buyers lies here too: it wants the machine for itself.
        test: {
          name: "kill",
          include: ["tests/kill/**/*.test.ts"],
          globalSetup: "tests/support/global-setup.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
