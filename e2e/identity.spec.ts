import { word } from "./fixtures/factories";
import { fillSignIn, fillSignUp, readerMenu } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

test("an account is made, signed out and signed in again", async ({ page }) => {
  const unique = word();
  const person = {
    name: `Newcomer ${unique}`,
    email: `newcomer-${unique}@example.test`,
    password: `four ${unique} plain words`,
  };
  await page.goto("/sign-up");
  await fillSignUp(page, person);
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
  await fillSignUp(page, { name: taken.name, email: taken.email, password: `some ${word()} other words` });
  await expect(page.getByRole("textbox", { name: "E-mail address" })).toHaveAccessibleDescription(
    /If you have one already, sign in instead/,
  );
});

test("signing in leads to where one was going, never to another site", async ({
  page,
  make,
  openBrowser,
}) => {
  const reader = await make.learner();
  await page.goto("/account/orders");
  await expect(page).toHaveURL("/sign-in?returnTo=%2Faccount%2Forders");
  await fillSignIn(page, reader);
  await expect(page).toHaveURL("/account/orders");

  for (const elsewhere of ["https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test"]) {
    const browser = await (await openBrowser()).newPage();
    await browser.goto(`/sign-in?returnTo=${encodeURIComponent(elsewhere)}`);
    await fillSignIn(browser, reader);
    await expect(browser).toHaveURL("/account/courses");
  }
});

test("personal pages are for their owner and for no cache", async ({ page, learner, signInAs }) => {
  await signInAs(learner);
  for (const address of ["/account/courses", "/account/orders", "/cart"]) {
    const answer = await page.goto(address);
    expect(answer?.headers()["cache-control"], address).toBe("private, no-store");
  }
  expect((await page.goto("/admin"))?.status(), "a learner is no admin").toBe(404);
});
