import { unzipSync } from "fflate";
import { totpCode } from "../lib/identity/totp";
import { word } from "./fixtures/factories";
import { linkIn, waitForMail } from "./fixtures/mailbox";
import { fillSignIn, readerMenu } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test("the profile is saved, and shown in the header", async ({ page, learner, signInAs, isMobile }) => {
  await signInAs(learner);
  await page.goto("/account/settings");
  await page.getByRole("textbox", { name: "Your name" }).fill("");
  await page.getByRole("radio", { name: "Light" }).check({ force: true });
  await page.getByRole("button", { name: "Save the profile" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was changed" })).toBeFocused();
  await expect(page.getByRole("radio", { name: "Light" })).toBeChecked();
  const name = `Renamed ${word()}`;
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("radio", { name: "Picture 4 of 8" }).check();
  await page.getByRole("combobox", { name: "Time zone" }).selectOption("Asia/Tokyo");
  await page.getByRole("combobox", { name: "Dates and numbers" }).selectOption("de-DE");
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await page.getByRole("button", { name: "Save the profile" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your profile is saved" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(readerMenu(page, { name })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Picture 4 of 8" })).toBeChecked();
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue("Asia/Tokyo");
  const mails = page.getByRole("group", { name: "Send me mails about" });
  const wanted = async () => ({
    courses: await mails.getByRole("checkbox", { name: /^My courses/ }).isChecked(),
    certificates: await mails.getByRole("checkbox", { name: /^My certificates/ }).isChecked(),
    gifts: await mails.getByRole("checkbox", { name: /^Gifts I gave/ }).isChecked(),
  });
  expect(await wanted()).toEqual({ courses: true, certificates: true, gifts: true });
  await mails.getByRole("checkbox", { name: /^My courses/ }).uncheck({ force: true });
  await mails.getByRole("checkbox", { name: /^Gifts I gave/ }).uncheck({ force: true });
  await page.getByRole("button", { name: "Save the choice" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your choice is saved" })).toBeVisible();
  expect(await wanted()).toEqual({ courses: false, certificates: true, gifts: false });
  await page.reload();
  expect(await wanted()).toEqual({ courses: false, certificates: true, gifts: false });
  await expectSoundPage(page, "settings", isMobile);
});

test("the address changes once the new mailbox is proved; the password signs others out", async ({
  page,
  learner,
  signInAs,
  shop,
  openBrowser,
  isMobile,
}) => {
  const elsewhere = await (await openBrowser()).newPage();
  await elsewhere.goto("/sign-in");
  await fillSignIn(elsewhere, learner);
  await expect(elsewhere).toHaveURL("/account/courses");
  await signInAs(learner);
  await page.goto("/account/settings/security");
  await expectSoundPage(page, "sign-in and safety", isMobile);

  const email = `moved-${word()}@example.test`;
  const address = page.getByRole("region", { name: "E-mail address" });
  await address.getByRole("textbox", { name: "New e-mail address" }).fill(email);
  await address.getByLabel("Your password", { exact: true }).fill("not the password");
  await address.getByRole("button", { name: "Change the address" }).click();
  await expect(address.getByRole("alert")).toBeFocused();
  await expect(address.getByRole("textbox", { name: "New e-mail address" })).toHaveValue(email);
  await address.getByLabel("Your password", { exact: true }).fill(learner.password);
  await address.getByRole("button", { name: "Change the address" }).click();
  await expect(address.getByRole("status")).toContainText("Check the new mailbox");
  await waitForMail(shop.mailUrl, learner.email, /^A new e-mail address was asked for/);
  await page.goto(linkIn(await waitForMail(shop.mailUrl, email, /^Your new e-mail address/)));
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The address is confirmed" })).toBeVisible();
  await waitForMail(shop.mailUrl, learner.email, /^Your e-mail address was changed/);

  await page.goto("/account/settings/security");
  await expect(page.getByText(email)).toBeVisible();
  const sessions = page.getByRole("region", { name: "Signed-in devices" });
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await expect(sessions.getByText("This device")).toBeVisible();
  const password = `other ${word()} plain words`;
  await page.getByLabel("Current password", { exact: true }).fill(learner.password);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your password is changed" })).toBeVisible();
  await elsewhere.goto("/account/orders");
  await expect(elsewhere.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  await fillSignIn(elsewhere, { email, password });
  await expect(elsewhere).toHaveURL("/account/orders");

  await page.reload();
  await sessions.getByRole("button", { name: /^End the session of/ }).click();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await elsewhere.goto("/account/orders");
  await expect(elsewhere.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
});

test("a copy of one's data is packed and downloaded", async ({ page, learner, signInAs, openBrowser }) => {
  await signInAs(learner);
  await page.goto("/account/settings/data");
  const section = page.getByRole("region", { name: "A copy of your data" });
  await section.getByLabel("Your password", { exact: true }).fill(learner.password);
  await section.getByRole("button", { name: "Ask for a copy" }).click();
  await expect(section.getByRole("status")).toBeFocused();
  const link = section.getByRole("link", { name: "Download my data" });
  await expect(link).toBeVisible({ timeout: 40_000 });
  const address = (await link.getAttribute("href")) ?? "";
  const answer = await page.request.get(address);
  expect(answer.headers()["content-disposition"]).toMatch(/^attachment/);
  expect(answer.headers()["cache-control"]).toBe("private, no-store");
  const files = unzipSync(new Uint8Array(await answer.body()));
  expect(new TextDecoder().decode(files["data/account.json"])).toContain(learner.email);
  const stranger = await (await openBrowser()).newPage();
  expect((await stranger.request.get(address)).status()).toBe(404);
});

test("an account that is to be deleted is kept when that is undone in its grace time", async ({
  page,
  learner,
  signInAs,
  shop,
  isMobile,
}) => {
  await signInAs(learner);
  await page.goto("/account/settings/data");
  const section = page.getByRole("region", { name: "Delete the account" });
  await section.getByLabel("Your password", { exact: true }).fill(learner.password);
  await section.getByRole("button", { name: "Delete my account" }).click();
  await expect(section.getByRole("alert")).toBeFocused();
  await section.getByRole("checkbox").check({ force: true });
  await section.getByLabel("Your password", { exact: true }).fill("not the password");
  await section.getByRole("button", { name: "Delete my account" }).click();
  await expect(section.getByRole("alert")).toContainText("This is not your password.");
  await expect(section.getByRole("checkbox")).toBeChecked();
  await section.getByLabel("Your password", { exact: true }).fill(learner.password);
  await section.getByRole("button", { name: "Delete my account" }).click();
  await expect(section.getByRole("status")).toContainText("Your account will be deleted");
  await expect(section.getByRole("status")).toBeFocused();
  await waitForMail(shop.mailUrl, learner.email, /^Your account will be deleted/);
  await expectSoundPage(page, "data, with a planned deletion", isMobile);
  await section.getByRole("button", { name: "Keep my account" }).click();
  await expect(section.getByRole("button", { name: "Delete my account" })).toBeVisible();
  await expect(section.locator(":focus")).toHaveCount(1);
  await waitForMail(shop.mailUrl, learner.email, /^Your account stays/);
  await expectSoundPage(page, "data", isMobile);
});

test("two steps are switched on, asked for, and switched off", async ({
  page,
  learner,
  signInAs,
  isMobile,
}) => {
  await signInAs(learner);
  await page.goto("/account/settings/security");
  await page.getByRole("link", { name: "Set up two-step sign-in" }).click();
  await expect(page.getByRole("heading", { name: "Two-step sign-in", level: 1 })).toBeVisible();
  await page.getByLabel("Your password", { exact: true }).fill(learner.password);
  await page.getByRole("button", { name: "Set up two-step sign-in" }).click();
  const key = page.locator("[data-totp-key]");
  await expect(key).toBeVisible();
  await expect(page.getByRole("img", { name: /^QR code with the key/ })).toBeVisible();
  await expectSoundPage(page, "setting up two steps", isMobile);
  const secret = ((await key.textContent()) ?? "").replaceAll(" ", "");
  await page.getByRole("textbox", { name: "Code" }).fill(totpCode(secret, new Date()));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expect(page.getByRole("region", { name: "Your recovery codes" })).toBeVisible();
  await expectSoundPage(page, "recovery codes", isMobile);

  await page.context().clearCookies();
  await page.goto("/sign-in?returnTo=/account/settings/two-step");
  await fillSignIn(page, learner);
  await expect(page.getByRole("heading", { name: "Second step", level: 1 })).toBeVisible();
  await expectSoundPage(page, "the second step", isMobile);
  await page.getByRole("textbox", { name: "Code" }).fill("000000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This code is not right" })).toBeFocused();
  // The app's next code: the one that switched it on is used up.
  await page.getByRole("textbox", { name: "Code" }).fill(totpCode(secret, new Date(Date.now() + 30_000)));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/account/settings/two-step");
  const off = page.getByRole("region", { name: "Switch it off" });
  await off.getByLabel("Your password", { exact: true }).fill(learner.password);
  await off.getByRole("button", { name: "Switch two-step sign-in off" }).click();
  await expect(page.getByRole("button", { name: "Set up two-step sign-in" })).toBeVisible();
});
