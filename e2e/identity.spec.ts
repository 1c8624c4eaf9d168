import { totpCode } from "../lib/identity/totp";
import { word } from "./fixtures/factories";
import { linkIn, mailsTo, waitForMail } from "./fixtures/mailbox";
import { fillSignIn, fillSignUp, finishSignUp, readerMenu } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

test("an account is made, signed out and signed in again", async ({ page, shop }) => {
  const unique = word();
  const person = {
    name: `Newcomer ${unique}`,
    email: `newcomer-${unique}@example.test`,
    password: `four ${unique} plain words`,
  };
  await page.goto("/sign-up");
  await fillSignUp(page, person);
  await finishSignUp(page, shop.mailUrl, person.email);
  await expect(page).toHaveURL("/account/courses");
  await expect(page.getByRole("heading", { name: "No courses yet" })).toBeVisible();

  await page.goto("/pricing");
  await readerMenu(page, person).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await expect(readerMenu(page, person)).toBeHidden();
  await page.goto("/account/courses");
  await expect(page.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();

  await fillSignIn(page, { ...person, email: person.email.toUpperCase() });
  await expect(page).toHaveURL("/account/courses");
  await expect(readerMenu(page, person)).toBeVisible();
});

test("a wrong password and an unknown address are one answer", async ({ page, make }) => {
  const reader = await make.learner();
  const said: string[] = [];
  for (const email of [reader.email, `nobody-${word()}@example.test`]) {
    await page.goto("/sign-in");
    await fillSignIn(page, { email, password: "not the password" });
    const refusal = page.getByRole("alert").filter({ hasText: "We could not sign you in" });
    await expect(refusal).toBeFocused();
    await expect(page.getByRole("textbox", { name: "E-mail address" })).toHaveValue(email);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    said.push((await refusal.textContent()) ?? "");
  }
  expect(said[0]).toContain("The e-mail address or the password is not right.");
  expect(said[1]).toBe(said[0]);
});

test("a form says at each field what is wrong, and keeps the rest", async ({ page, make }) => {
  const taken = await make.learner();
  await page.goto("/sign-up");
  await fillSignUp(page, { name: "", email: "no address", password: "short" });
  const problems = page.getByRole("alert").filter({ hasText: "We could not create your account" });
  await expect(problems).toBeFocused();
  await expect(problems.getByRole("link")).toHaveCount(3);
  await expect(page.getByRole("textbox", { name: "E-mail address" })).toHaveValue("no address");
  await problems.getByRole("link", { name: "Enter your name." }).click();
  await expect(page.getByRole("textbox", { name: "Your name" })).toBeFocused();

  await fillSignUp(page, { name: taken.name, email: taken.email, password: "password1234" });
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    /on every list that attackers try first/,
  );
});

test("signing up says the same of a known address; only its owner reads that there is an account", async ({
  page,
  make,
  shop,
}) => {
  const reader = await make.learner();
  const stranger = `stranger-${word()}@example.test`;
  const said: string[] = [];
  for (const email of [reader.email, stranger]) {
    await page.goto("/sign-up");
    await fillSignUp(page, { name: "Somebody", email, password: `some ${word()} other words` });
    await expect(page).toHaveURL("/verify-email");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look into your mailbox");
    said.push((await page.getByRole("main").textContent()) ?? "");
  }
  expect(said[1]).toBe(said[0]);
  const mail = await waitForMail(shop.mailUrl, reader.email, /^You already have an account/);
  expect(mail.text).toContain(`Hello ${reader.name},`);
  expect(mail.text).not.toContain("token=");
  await waitForMail(shop.mailUrl, stranger, /^Finish your account/);
});

test("whoever did not ask for the account must know its password", async ({ page, shop, openBrowser }) => {
  const email = `elsewhere-${word()}@example.test`;
  const password = `four ${word()} plain words`;
  await page.goto("/sign-up");
  await fillSignUp(page, { name: "Mira Vale", email, password });
  const link = linkIn(await waitForMail(shop.mailUrl, email, /^Finish your account/));
  const other = await (await openBrowser()).newPage();
  await other.goto(link);
  await other.getByLabel("Password", { exact: true }).fill("not this one");
  await other.getByRole("button", { name: "Create the account" }).click();
  await expect(other.getByRole("alert").filter({ hasText: "The account was not created" })).toBeFocused();
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByRole("button", { name: "Create the account" }).click();
  await expect(other).toHaveURL("/account/courses");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test("a forgotten password is replaced, and the link works once", async ({
  page,
  make,
  shop,
  openBrowser,
}) => {
  const reader = await make.learner();
  const elsewhere = await (await openBrowser()).newPage();
  await elsewhere.goto("/sign-in");
  await fillSignIn(elsewhere, reader);
  await expect(elsewhere).toHaveURL("/account/courses");

  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot it?" }).click();
  await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  await page.getByRole("textbox", { name: "E-mail address" }).fill(reader.email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Look into your mailbox" })).toBeVisible();
  const link = linkIn(await waitForMail(shop.mailUrl, reader.email, /^Choose a new password/));
  // What a mail program fetches ahead uses nothing up.
  for (let ahead = 0; ahead < 2; ahead += 1) expect((await page.request.get(link)).status()).toBe(200);
  await page.goto(link);
  await page.getByLabel("New password", { exact: true }).fill("password1234");
  await page.getByRole("button", { name: "Save the new password" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "still the old one" })).toBeFocused();
  const password = `some ${word()} new words`;
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Save the new password" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your new password is saved" })).toBeVisible();
  await fillSignIn(page, { ...reader, password });
  await expect(page).toHaveURL("/account/courses");

  await elsewhere.goto("/account/orders");
  await expect(elsewhere.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await waitForMail(shop.mailUrl, reader.email, /^Your password was changed/);
});

test("a link by mail signs in, and says nothing of unknown addresses", async ({ page, make, shop }) => {
  const reader = await make.learner();
  const nobody = `nobody-${word()}@example.test`;
  await page.goto("/sign-in?returnTo=/account/orders");
  await page.getByRole("link", { name: "Send me a link instead" }).click();
  await expect(page.getByRole("heading", { name: "Sign in by mail" })).toBeVisible();
  const said: string[] = [];
  for (const email of [nobody, reader.email]) {
    await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
    await page.getByRole("button", { name: "Send me a link" }).click();
    const answer = page.getByRole("status").filter({ hasText: "Look into your mailbox" });
    await expect(answer).toBeVisible();
    said.push((await answer.textContent()) ?? "");
  }
  expect(said[1]).toBe(said[0]);
  await page.goto(linkIn(await waitForMail(shop.mailUrl, reader.email, /^Your link to sign in/)));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/account/orders");
  expect(await mailsTo(shop.mailUrl, nobody)).toEqual([]);
});

test("an admin sets up two steps first, and nothing gets in without the second one", async ({
  page,
  make,
  shop,
}) => {
  const admin = await make.newAdmin();
  await page.goto("/sign-in?returnTo=/admin");
  await fillSignIn(page, admin);
  await expect(page.getByRole("heading", { name: "Two-step sign-in", level: 1 })).toBeVisible();
  await page.getByLabel("Your password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Set up two-step sign-in" }).click();
  const key = (await page.locator("[data-totp-key]").textContent())?.replaceAll(" ", "") ?? "";
  await page.getByRole("textbox", { name: "Code" }).fill("000000");
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not switched on yet" })).toBeFocused();
  await page.getByRole("textbox", { name: "Code" }).fill(totpCode(key, new Date()));
  await page.getByRole("button", { name: "Switch it on" }).click();
  const codes = page.getByRole("region", { name: "Your recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const recoveryCode = (await codes.first().textContent()) ?? "";
  await page.getByRole("link", { name: "Go to the admin pages" }).click();
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/sign-in/link?returnTo=/admin");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(admin.email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.goto(linkIn(await waitForMail(shop.mailUrl, admin.email, /^Your link to sign in/)));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Second step", level: 1 })).toBeVisible();
  expect((await page.request.get("/admin")).status(), "the first step alone opens nothing").toBe(404);
  await page.getByRole("textbox", { name: "Code" }).fill(recoveryCode.toLowerCase());
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/admin");
  await waitForMail(shop.mailUrl, admin.email, /^A recovery code was used/);
});

test("signing in leads to where one was going, never to another site", async ({
  page,
  make,
  openBrowser,
}) => {
  const reader = await make.learner();
  await page.goto("/account/orders?q=Testing&status=paid");
  await expect(page).toHaveURL("/sign-in?returnTo=%2Faccount%2Forders%3Fq%3DTesting%26status%3Dpaid");
  await fillSignIn(page, reader);
  await expect(page).toHaveURL("/account/orders?q=Testing&status=paid");

  // Every way to write another site's address is tried in tests/built.
  const browser = await (await openBrowser()).newPage();
  await browser.goto(`/sign-in?returnTo=${encodeURIComponent("//elsewhere.test")}`);
  await fillSignIn(browser, reader);
  await expect(browser).toHaveURL("/account/courses");
});

test("the header's way to sign in comes back to where one was, also from the page of signing up", async ({
  page,
  make,
  isMobile,
}) => {
  const reader = await make.learner();
  const banner = page.getByRole("banner");
  const pressSignIn = async () => {
    if (isMobile) await banner.locator("summary").click();
    await banner.getByRole("link", { name: "Sign in", exact: true }).filter({ visible: true }).click();
    await expect(page.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  };
  await page.goto("/courses/search?q=tasks&level=beginner");
  await pressSignIn();
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByRole("heading", { name: "Create an account", level: 1 })).toBeVisible();
  await pressSignIn();
  await fillSignIn(page, reader);
  await expect(page).toHaveURL("/courses/search?q=tasks&level=beginner");
});

test("personal pages are for their owner and for no cache", async ({ page, learner, signInAs }) => {
  await signInAs(learner);
  for (const address of ["/account/courses", "/account/orders", "/cart"]) {
    const answer = await page.goto(address);
    expect(answer?.headers()["cache-control"], address).toBe("private, no-store");
  }
  expect((await page.goto("/admin"))?.status(), "a learner is no admin").toBe(404);
});
