import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./e2e/support/browser";
import { freePortBlock } from "./tests/support/ports";

// Workers read this file again and inherit the variables: both are decided once.
process.env.E2E_PORT ??= String(await freePortBlock());
process.env.E2E_BROWSER ??= JSON.stringify(await findBrowser());

const { executablePath, args, env } = JSON.parse(process.env.E2E_BROWSER) as Awaited<
  ReturnType<typeof findBrowser>
>;
const launchOptions = {
  executablePath,
  args: [...args],
  env: { ...process.env, ...env } as Record<string, string>,
};

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/support/start-product.ts",
  fullyParallel: true,
  workers: 2,
  // Two processors carry the shop, its database, the sandboxes and two browsers: what passes the second time is told as flaky.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["line"], ["json", { outputFile: process.env.E2E_REPORT ?? "test-results/report.json" }]],
  use: {
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    launchOptions,
    // Recording every first try costs more than the tries that fail are worth.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 900 } },
    },
    {
      name: "phone",
      use: { ...devices["Pixel 7"] },
      // Courses are written at a desk; that their pages fit a phone is seen by the sweep of sound pages.
      testIgnore: "admin-courses.spec.ts",
    },
  ],
});
