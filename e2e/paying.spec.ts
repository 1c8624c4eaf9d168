import { CARDS, expectPaymentPage, payButton, payByCard, payByWaitingDebit } from "./fixtures/payment-page";
import {
  about,
  cartLine,
  checkOut,
  enterCoupon,
  expectBought,
  fillCart,
  readOrderNumber,
  summary,
} from "./fixtures/shop-pages";
import { signIn } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

test.beforeEach(({ signInAs, learner }) => signInAs(learner));

test("a course is bought: paid, confirmed, in the orders, in the library, open", async ({
  page,
  make,
  learner,
}) => {
  const course = await make.course();
  const { code } = await make.coupon();
  await fillCart(page, course);
  await enterCoupon(page, code);
  await checkOut(page, "$44.10");
  await expectPaymentPage(page, "$44.10");
  await expect(page.getByText(course.title)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "E-mail address" })).toHaveValue(learner.email);
  await payByCard(page, CARDS.pays);

  const orderNumber = await expectBought(page, course);
  await expect(page.getByText("Paid with Visa ending 4242")).toBeVisible();
  await page.reload();
  expect(await expectBought(page, course), "reloading changes nothing").toBe(orderNumber);
  await expect(page.getByRole("banner").getByRole("link", { name: "Cart", exact: true })).toBeVisible();

  await page.getByRole("link", { name: "See the order" }).click();
  await expect(page.getByRole("heading", { name: orderNumber, level: 1 })).toBeVisible();
  await expect(page.getByRole("list", { name: "Courses" })).toContainText(`${code} took $4.90 off`);
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText(
    "Paid $44.10 with Visa ending 4242",
  );
  await page.getByRole("link", { name: "All orders" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: orderNumber }) });
  await expect(row).toContainText(course.title);
  await expect(row).toContainText("$44.10");
  await expect(row).toContainText("Paid");

  await page.goto("/account/courses");
  const library = page.getByRole("list", { name: "Active" });
  await expect(library.getByRole("progressbar", { name: `Progress in ${course.title}` })).toHaveAttribute(
    "aria-valuenow",
    "0",
  );
  await library.getByRole("link", { name: about("Start", course) }).click();
  await expect(page.getByRole("heading", { name: course.lessons[0]?.title, level: 1 })).toBeVisible();
});

test("the receipt of a paid order can be opened", async ({ page, make, learner }) => {
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await payByCard(page, CARDS.pays);
  await expectBought(page, course);
  await page.getByRole("link", { name: "Receipt", exact: true }).click();
  await expect(page.getByText("$49.00").first()).toBeVisible();
  await expect(page.getByText(learner.email)).toBeVisible();
});

test("a declined card says why, keeps what was typed, and another card pays", async ({
  page,
  make,
  learner,
}) => {
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await payByCard(page, CARDS.declined);
  await expect(page.getByRole("alert")).toContainText("Your card was declined");
  await expect(page.getByRole("alert")).toContainText("You were not charged.");
  await expect(page.getByRole("textbox", { name: "Name on the card" })).toHaveValue("Reader at the test");
  await expect(page.getByRole("textbox", { name: "E-mail address" })).toHaveValue(learner.email);

  await page.getByRole("textbox", { name: "Card number" }).fill(CARDS.pays);
  await payButton(page).click();
  const orderNumber = await expectBought(page, course);
  await page.goto(`/account/orders/${orderNumber}`);
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("A payment did not go through");
});

test("insufficient funds are named, and nothing is granted", async ({ page, make }) => {
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await payByCard(page, CARDS.insufficientFunds);
  await expect(page.getByRole("alert")).toContainText("Your card has insufficient funds");
  await page.goto("/account/courses");
  await expect(page.getByRole("heading", { name: "No courses yet" })).toBeVisible();
  await page.goto("/account/orders");
  await expect(page.getByRole("row").filter({ hasText: course.title })).toContainText("Payment open");
});

test("a card with 3-D Secure pays once the bank has confirmed", async ({ page, make, learner }) => {
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await payByCard(page, CARDS.threeDSecure);
  await expect(page.getByRole("heading", { name: "Confirm your payment" })).toBeVisible();
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await expectBought(page, course);
  await expect(page.getByText(`A confirmation is on its way to ${learner.email}.`)).toBeVisible();
});

test("a failed 3-D Secure check charges nothing, and another card pays", async ({ page, make }) => {
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await payByCard(page, CARDS.threeDSecure);
  await page.getByRole("button", { name: "Fail authentication" }).click();
  await expect(page.getByRole("alert")).toContainText("Your bank did not confirm the payment.");
  await expect(page.getByRole("alert")).toContainText("You were not charged.");
  await payByCard(page, CARDS.pays);
  await expectBought(page, course);
});

test("turning back leads to the cart as it was, and paying goes on from there", async ({ page, make }) => {
  const course = await make.course();
  const { code } = await make.coupon();
  await fillCart(page, course);
  await enterCoupon(page, code);
  await checkOut(page, "$44.10");
  await expectPaymentPage(page, "$44.10");
  const paymentPage = page.url();
  await page.getByRole("link", { name: /^Back to / }).click();
  await expect(page.getByRole("status").filter({ hasText: "You were not charged" })).toBeVisible();
  await expect(cartLine(page, course)).toBeVisible();
  await expect(summary(page)).toContainText(`Discount ${code}`);

  await checkOut(page, "$44.10");
  await expectPaymentPage(page, "$44.10");
  expect(page.url(), "the same cart is the same session").toBe(paymentPage);
});

test("a bank debit is on its way at first, and opens the course when it has come", async ({
  page,
  make,
  stripe,
}) => {
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await payByWaitingDebit(page);
  await expect(
    page.getByRole("heading", { name: "Thank you. Your payment is on its way.", level: 1 }),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "Start learning" })).toBeHidden();
  const orderNumber = await readOrderNumber(page);

  const library = await page.context().newPage();
  await library.goto(`/account/orders/${orderNumber}`);
  await expect(library.getByText("Waiting for the bank")).toBeVisible();
  await library.goto(`/learn/${course.slug}/${course.lessons[1]?.slug}`);
  await expect(library.getByRole("heading", { name: "This lesson belongs to the course" })).toBeVisible();

  await stripe.settle(await make.paymentOf(orderNumber));
  expect(await expectBought(page, course), "the waiting page updates itself").toBe(orderNumber);
  await library.reload();
  await expect(library.getByText(course.lessons[1]?.marker ?? "")).toBeVisible();
});

test("the success page of somebody else shows nothing", async ({
  page,
  make,
  learner,
  openBrowser,
  shop,
}) => {
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await payByCard(page, CARDS.pays);
  const orderNumber = await expectBought(page, course);
  const successUrl = page.url();
  expect(successUrl).toContain("session_id=");

  const stranger = await openBrowser();
  const theirs = await stranger.newPage();
  await theirs.goto(successUrl);
  await expect(theirs.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  await signIn(stranger, shop.url, await make.learner());
  for (const address of [successUrl, `/checkout/success?order=${orderNumber}`]) {
    await theirs.goto(address);
    await expect(
      theirs.getByRole("heading", { name: "There is no such order in your account" }),
    ).toBeVisible();
    const shown = await theirs.content();
    for (const secret of [course.title, learner.email, learner.name]) expect(shown).not.toContain(secret);
  }
  const order = await theirs.goto(`/account/orders/${orderNumber}`);
  expect(order?.status()).toBe(404);
});
