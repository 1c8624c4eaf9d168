import { spawn } from "node:child_process";
import { join } from "node:path";
import { freePortBlock } from "../tests/support/ports";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(120_000);

/** Does not exist in production: the same build, started once more for those who build with it. */
test("the sheet of all components is sound in every state", async ({ page, shop, isMobile }) => {
  expect((await page.goto("/dev/ui"))?.status(), "the started product has no such page").toBe(404);
  const port = await freePortBlock();
  const next = join("node_modules", "next", "dist", "bin", "next");
  const server = spawn(process.execPath, [next, "start", "--port", String(port)], {
    env: {
      ...process.env,
      NODE_ENV: "test",
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      AUTH_SECRET: shop.secrets.authSecret,
      INTERNAL_TOKEN: shop.secrets.internalToken,
      CERTIFICATE_KEY: shop.secrets.certificateKey,
      DATABASE_URL: shop.databaseUrl,
      STRIPE_SECRET_KEY: shop.secrets.stripeSecretKey,
      STRIPE_WEBHOOK_SECRET: shop.secrets.stripeWebhookSecret,
      STRIPE_API_BASE: shop.stripeUrl,
      RESEND_API_KEY: shop.secrets.mailApiKey,
      RESEND_BASE_URL: shop.mailUrl,
    },
    stdio: "ignore",
  });
  try {
    const sheet = `http://localhost:${port}/dev/ui`;
    await expect
      .poll(() =>
        fetch(sheet).then(
          (answer) => answer.status,
          () => 0,
        ),
      )
      .toBe(200);
    if (isMobile) await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(sheet);
    await expect(page.getByRole("heading", { name: "Components", level: 1 })).toBeVisible();
    await expectSoundPage(page, "component sheet", isMobile);
    await page.goto(`http://localhost:${port}/dev/mails`);
    await expect(page.getByRole("heading", { name: "order_confirmation" })).toBeVisible();
    await expect(page.getByText("Cannot be written")).toHaveCount(0);
  } finally {
    server.kill();
  }
});
