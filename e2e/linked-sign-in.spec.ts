import type { Page } from "@playwright/test";
import { test } from "./fixtures/embedded-shop";
import { word } from "./fixtures/factories";
import { fillSignIn, readerMenu } from "./fixtures/sign-in";
import { expect } from "./fixtures/test";

/** Signs in at the provider and lets it tell the shop who that is; it leads back. */
async function signInThere(page: Page, issuer: string, sub: string): Promise<void> {
  await page.waitForURL(`${issuer}/**`);
  await page.getByPlaceholder("Enter any login").fill(sub);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

test("a sign-in of elsewhere is linked in the settings, opens the account, and is unlinked", async ({
  page,
  context,
  learner,
  embeddedShop: { openId },
}) => {
  // The provider's own pages want a font from far away.
  await context.route("https://fonts.googleapis.com/**", (route) =>
    route.fulfill({ contentType: "text/css", body: "" }),
  );
  const there = {
    sub: `subject-${word()}`,
    email: `${word()}@elsewhere.test`,
    email_verified: true,
    name: "There",
  };
  openId.add(there);
  await page.goto("/sign-in?returnTo=/account/settings/security");
  await fillSignIn(page, learner);
  const section = page.getByRole("region", { name: "Linked sign-ins" });
  await expect(section.getByText("Not linked")).toBeVisible();

  await section.getByLabel("Your password", { exact: true }).fill("not the password");
  await section.getByRole("button", { name: "Link Google" }).click();
  await expect(section.getByRole("alert")).toBeFocused();
  await section.getByLabel("Your password", { exact: true }).fill(learner.password);
  await section.getByRole("button", { name: "Link Google" }).click();
  await signInThere(page, openId.issuer, there.sub);
  await expect(section.getByRole("status").filter({ hasText: "The sign-in is linked" })).toBeVisible();
  await expect(section.getByText(there.email)).toBeVisible();

  await context.clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Go on with Google" }).click();
  await signInThere(page, openId.issuer, there.sub);
  await expect(page).toHaveURL("/account/courses");
  await expect(readerMenu(page, learner)).toBeVisible();

  await page.goto("/account/settings/security");
  await section.getByLabel("Your password", { exact: true }).fill(learner.password);
  await section.getByRole("button", { name: "Unlink Google" }).click();
  await expect(section.getByText("Not linked")).toBeVisible();
  await expect(section.getByText(there.email)).toHaveCount(0);
});
