// The test of Playwright itself: ours would complain of the fault.
import { expect, test } from "@playwright/test";
import { expectSoundPage } from "./fixtures/sound-page";

test("a page that breaks says so, with ways on", async ({ page, isMobile }) => {
  const scripts = new Set<string>();
  let broken = 0;
  page.on("response", async (response) => {
    if (response.request().resourceType() !== "document") return;
    for (const [, source] of (await response.text()).matchAll(/<script[^>]*\ssrc="([^"?]+)/g))
      if (source) scripts.add(source);
  });
  // The first script that the page asks for by itself: without it, what it wanted to show breaks.
  await page.route("**/_next/static/chunks/*.js", (route) => {
    const isOfDocument = scripts.has(new URL(route.request().url()).pathname);
    if (isOfDocument || scripts.size === 0 || broken > 0) return route.continue();
    broken += 1;
    return route.abort();
  });
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { level: 1, name: "This page could not be set." })).toBeVisible();
  expect(broken).toBe(1);
  await expect(page.getByRole("banner").getByRole("link", { name: "Lectern" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "My orders" })).toBeVisible();
  await expectSoundPage(page, "a page that broke", isMobile);
  await page.getByRole("link", { name: "Home" }).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("This page could not be set.");
});
