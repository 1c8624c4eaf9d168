import type { Page, Route } from "@playwright/test";
import { word } from "./fixtures/factories";
import { CARDS, payByCard } from "./fixtures/payment-page";
import { about, cartLine, checkOut, expectBought, fillCart } from "./fixtures/shop-pages";
import { fillSignIn, signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(180_000);

const LOST = "The shop could not be reached.";

const lost = (page: Page) => page.getByRole("alert").filter({ hasText: LOST });

/** What a proxy answers while the shop starts anew. */
const badGateway = (route: Route) =>
  route.fulfill({ status: 502, contentType: "text/html", body: "<h1>502 Bad Gateway</h1>" });

/** Answers the next posts of this page by `answer`, until told to stop. */
async function answerPosts(
  page: Page,
  answer: (route: Route) => Promise<void>,
): Promise<() => Promise<void>> {
  const handle = (route: Route) =>
    route.request().method() === "POST" && route.request().headers()["next-action"]
      ? answer(route)
      : route.fallback();
  await page.route("**/*", handle);
  return () => page.unroute("**/*", handle);
}

test("a lesson at the desk stays as it was typed while the shop cannot be reached, and is saved once it can", async ({
  page,
  context,
  make,
  signInAs,
  isMobile,
}) => {
  const course = await make.course();
  const lesson = course.lessons[0];
  await signInAs(await make.admin());
  await page.goto(`/admin/courses/${course.slug}/lessons/${lesson?.slug}`);
  const text = page.getByRole("textbox", { name: "Text, in Markdown" });
  const summary = page.getByRole("textbox", { name: "Summary" });
  const save = page.getByRole("button", { name: "Save", exact: true });
  await page.locator(".cm-content").waitFor();
  await text.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(`## A first step\n\n${"A name stands for a value. ".repeat(130)}`);
  await page
    .getByRole("textbox", { name: "Questions" })
    .fill("- question: What is it?\n  accepts: [a name]\n  explanation: It is one.\n");
  await summary.fill("What a name is.");
  const expectKept = async () => {
    await expect(summary).toHaveValue("What a name is.");
    await expect(text).toContainText("A name stands for a value.");
    await expect(save).toBeFocused();
  };

  await context.setOffline(true);
  await save.press("Enter");
  await expect(lost(page)).toHaveText(`${LOST} What you typed is still here: press again.`);
  await expectKept();
  await expectSoundPage(page, "a lesson that could not be saved", isMobile);
  await context.setOffline(false);
  const stop = await answerPosts(page, badGateway);
  await save.press("Enter");
  await expect(lost(page)).toBeVisible();
  await expectKept();
  await stop();
  await save.press("Enter");
  await expect(page.getByText("The lesson is saved.")).toBeVisible();
  await expect(lost(page)).toBeHidden();
  await expect(page.getByText("Text 2", { exact: true }), "it was saved once").toBeVisible();

  await summary.fill("What a name is for.");
  const deliver = await answerPosts(page, async (route) => {
    const response = await route.fetch();
    await context.setOffline(true);
    await route.fulfill({ response });
  });
  await save.press("Enter");
  await expect(page.getByText("Text 3", { exact: true }), "the network ends with the answer").toBeVisible();
  await summary.fill("What a name is for. More.");
  await page.waitForTimeout(2_000);
  await expect(summary).toHaveValue("What a name is for. More.");
  await deliver();
});

test("a refund whose answer is lost says so, and a second press finds the first", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const [learner, course] = [await make.learner(), await make.course()];
  const buyer = await openBrowser();
  await signIn(buyer, shop.url, learner);
  const till = await buyer.newPage();
  await fillCart(till, course);
  await checkOut(till, "$49.00");
  await payByCard(till, CARDS.pays);
  const number = await expectBought(till, course);
  await signInAs(await make.admin());
  await page.goto(`/admin/orders/${number}`);
  await page.getByRole("button", { name: "Refund", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Refund this order" });
  const amount = dialog.getByRole("textbox", { name: "Amount in USD" });
  await dialog.getByRole("radio", { name: "An amount" }).check();
  for (const typed of ["10.005", "$10", "10 USD", "1,000", "1.234,56", "1e9", "-5", "abc"]) {
    await amount.fill(typed);
    await expect(amount, typed).toHaveAccessibleDescription("Enter an amount such as 20 or 20.50.");
  }
  await amount.fill("20");
  const refund = dialog.getByRole("button", { name: "Refund $20.00" });
  const stop = await answerPosts(page, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await refund.click();
  await expect(dialog.getByRole("alert")).toContainText("The money may be on its way back all the same");
  await expect(dialog.getByRole("radio", { name: "An amount" })).toBeChecked();
  await expect(amount).toHaveValue("20");
  await expectSoundPage(page, "a refund without an answer", isMobile);
  await stop();
  await refund.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^Part refunded \$20\.00$/)).toBeVisible();
  await page.goto("/admin/audit");
  await page.getByRole("searchbox", { name: "Search" }).fill(number);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Asked for a refund" })).toHaveCount(1);
});

test("a buyer's cart and sign-in stay while the shop cannot be reached", async ({
  page,
  context,
  make,
  learner,
}) => {
  const [course, other] = [await make.course(), await make.course()];
  await fillCart(page, course, other);
  const remove = cartLine(page, other).getByRole("button", { name: about("Remove", other) });
  await context.setOffline(true);
  await remove.click();
  await expect(lost(page)).toHaveText(`${LOST} Press again.`);
  await page.getByText("Have a coupon?").click();
  await page.getByRole("textbox", { name: "Coupon code" }).fill("SPRING");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(lost(page).filter({ hasText: "What you typed is still here" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Coupon code" })).toHaveValue("SPRING");
  await page.getByRole("button", { name: "Check out, $98.00" }).first().click();
  await expect(lost(page).filter({ hasText: "Nothing was charged: press again." })).toBeVisible();
  await context.setOffline(false);
  await remove.click();
  await expect(page.getByRole("button", { name: `Undo removing ${other.title}` })).toBeVisible();

  await page.goto("/sign-in");
  const stop = await answerPosts(page, badGateway);
  await fillSignIn(page, learner);
  await expect(lost(page)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "E-mail address" })).toHaveValue(learner.email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(learner.password);
  await stop();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).not.toHaveURL(/sign-in/);
});

test("who is signed out in the middle of a form signs in in another tab, and loses nothing", async ({
  page,
  context,
  learner,
  signInAs,
  isMobile,
}) => {
  await signInAs(learner);
  await page.goto("/account/billing");
  const fill = {
    Name: `Buyer ${word()}`,
    "Street and number": "Some street 1",
    Town: "Lisbon",
  };
  for (const [label, value] of Object.entries(fill))
    await page.getByRole("textbox", { name: label, exact: true }).fill(value);
  await page.getByRole("combobox", { name: "Country" }).selectOption("PT");
  await context.clearCookies();
  const save = page.getByRole("button", { name: "Save billing details" });
  await save.click();
  const said = page.getByRole("alert").filter({ hasText: "You are signed out." });
  await expect(said).toHaveText(
    "You are signed out. Sign in in another tab, then press again: what you typed stays here.",
  );
  await expectSoundPage(page, "signed out in a form", isMobile);
  const [tab] = await Promise.all([
    context.waitForEvent("page"),
    said.getByRole("link", { name: "Sign in in another tab" }).click(),
  ]);
  await fillSignIn(tab, learner);
  await expect(tab).not.toHaveURL(/sign-in/);
  await tab.close();
  for (const [label, value] of Object.entries(fill))
    await expect(page.getByRole("textbox", { name: label, exact: true })).toHaveValue(value);
  await save.click();
  await expect(page.getByText("Saved. Your next invoices are billed to this.")).toBeVisible();
  await expect(said).toBeHidden();
});

test("a form tells a fault of the shop from a newer build of it", async ({ page, learner, signInAs }) => {
  await signInAs(learner);
  await page.goto("/account/settings");
  const name = page.getByRole("textbox", { name: "Your name" });
  const save = page.getByRole("button", { name: "Save the profile" });
  await name.fill("Kept name");
  const stopFault = await answerPosts(page, (route) =>
    route.fulfill({
      status: 500,
      contentType: "text/x-component",
      body: '0:{"a":"$@1"}\n1:E{"digest":"1234"}\n',
    }),
  );
  await save.click();
  await expect(page.getByRole("alert").filter({ hasText: "mistake" })).toHaveText(
    "The shop made a mistake. What you typed is still here: press again.",
  );
  await stopFault();
  const stopRenewed = await answerPosts(page, (route) =>
    route.fulfill({ status: 404, headers: { "x-nextjs-action-not-found": "1" }, body: "Not found" }),
  );
  await save.click();
  await expect(page.getByRole("alert").filter({ hasText: "renewed" })).toHaveText(
    "The shop was renewed while this page was open, so nothing was done. Copy what you typed, then load the page again.",
  );
  await expect(name).toHaveValue("Kept name");
  await stopRenewed();
  await save.click();
  await expect(page.getByRole("status").filter({ hasText: "Your profile is saved" })).toBeVisible();
});
