import { signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(180_000);

test("what is missing at the desk is missing beside the desk's navigation, and for nobody else", async ({
  page,
  make,
  learner,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  await signInAs(await make.admin());
  for (const address of ["/admin/orders/ORD-20260101-ABCDEF", "/admin/no-such-page/at-all"]) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
    await expect(
      page.getByRole("heading", { name: "This page is not in the book.", level: 1 }),
    ).toBeVisible();
    await expect(page.getByText("your role does not open it")).toBeVisible();
    await expect(page.getByRole("searchbox")).toBeHidden();
    if (isMobile)
      await page
        .locator("summary")
        .filter({ hasText: /^Admin/ })
        .click();
    await expect(page.getByRole("navigation", { name: "Admin" })).toBeVisible();
  }
  await expectSoundPage(page, "a missing page of the desk", isMobile);
  await page.getByRole("main").getByRole("link", { name: "Overview" }).last().click();
  await expect(page.getByRole("heading", { name: "Needs attention" })).toBeVisible();

  const elsewhere = await openBrowser();
  await signIn(elsewhere, shop.url, learner);
  const reader = await elsewhere.newPage();
  for (const address of ["/admin/orders", "/admin/no-such-page/at-all"]) {
    expect((await reader.goto(shop.url + address))?.status(), address).toBe(404);
    await expect(reader.getByRole("searchbox", { name: "Search the courses" })).toBeVisible();
    await expect(reader.getByRole("navigation", { name: "Admin" })).toBeHidden();
  }
});

test("a page of the desk that breaks speaks to staff, keeps the navigation, and can be tried again", async ({
  browser,
  make,
  shop,
  isMobile,
}) => {
  const [course, admin] = [await make.course(), await make.admin()];
  // A browser of its own: what breaks here is said on the console, as it should be.
  const context = await browser.newContext();
  await signIn(context, shop.url, admin);
  const page = await context.newPage();
  await page.goto(`${shop.url}/admin/courses/${course.slug}`);
  const price = page.getByRole("textbox", { name: "Price in USD" });
  // Its scripts run by then: before, they would meet what is broken while the page begins.
  await price.fill("0");
  await expect(page.getByText("Free: everybody gets it without paying.")).toBeVisible();
  await page.evaluate(() => {
    const { exec } = RegExp.prototype;
    RegExp.prototype.exec = function (this: RegExp, text: string) {
      if (this.source.startsWith("^(\\d{1,9})")) throw new Error("broken by the test");
      return exec.call(this, text);
    };
    Object.assign(window, { mend: () => Object.assign(RegExp.prototype, { exec }) });
  });
  await price.fill("0.30");
  await expect(page.getByRole("heading", { name: "This page could not be set.", level: 1 })).toBeVisible();
  await page.evaluate("mend()");
  await expect(page.getByText("If you were moving money or giving seats")).toBeVisible();
  await expect(page.getByText("If you were paying")).toBeHidden();
  await expectSoundPage(page, "a broken page of the desk", isMobile);
  if (isMobile)
    await page
      .locator("summary")
      .filter({ hasText: /^Admin/ })
      .click();
  await expect(page.getByRole("navigation", { name: "Admin" })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(price).toBeVisible();
  await context.close();
});

test("a price is explained as it is typed: free, too little for a card, or none", async ({
  page,
  make,
  signInAs,
}) => {
  const course = await make.course({ price: 4_900 });
  await signInAs(await make.admin());
  await page.goto(`/admin/courses/${course.slug}`);
  const price = page.getByRole("textbox", { name: "Price in USD" });
  const said = {
    "0": "Free: everybody gets it without paying.",
    "0.30": "The least that can be paid by card is $0.50. Enter that or more, or 0 for a free course.",
    "1,000": "Enter an amount such as 20 or 20.50. With 0 the course is free.",
    abc: "Enter an amount such as 20 or 20.50. With 0 the course is free.",
    "": "Enter an amount such as 20 or 20.50. With 0 the course is free.",
    "0.50": "Orders keep the price that they were placed at.",
  };
  for (const [typed, sentence] of Object.entries(said)) {
    await price.fill(typed);
    await expect(price, typed).toHaveAccessibleDescription(sentence);
  }
  await price.fill("0.01");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The course was not saved" })).toContainText(
    "The least that can be paid by card is $0.50.",
  );
  await price.fill("0.50");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The course is saved.")).toBeVisible();
});
