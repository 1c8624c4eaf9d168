import { minor } from "../lib/money";
import { word } from "./fixtures/factories";
import {
  about,
  addToCart,
  buyBox,
  cartLine,
  checkOut,
  enterCoupon,
  expectBought,
  fillCart,
  summary,
} from "./fixtures/shop-pages";
import { fillSignIn, fillSignUp, finishSignUp } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

const DAY_MS = 24 * 60 * 60 * 1000;

test("a code lowers the price, typed with spaces and in any case, and can be taken away", async ({
  page,
  make,
}) => {
  const course = await make.course();
  const { code } = await make.coupon();
  await fillCart(page, course);
  await enterCoupon(page, ` ${code.slice(0, 4).toLowerCase()} ${code.slice(4).toLowerCase()} `);

  await expect(summary(page).getByRole("status")).toHaveText("10% off. You save $4.90.");
  await expect(summary(page)).toContainText(`Discount ${code}−$4.90`);
  await expect(cartLine(page, course)).toContainText(`${code} takes $4.90 off this course`);
  await expect(summary(page).getByRole("button", { name: "Check out, $44.10" })).toBeVisible();

  await summary(page)
    .getByRole("button", { name: `Remove coupon ${code}` })
    .click();
  await expect(summary(page).getByRole("button", { name: "Check out, $49.00" })).toBeVisible();
  await expect(summary(page)).not.toContainText("Discount");
  await expect(page.getByText("Have a coupon?")).toBeVisible();
});

test("a refused code says which rule it failed and stays in the field", async ({ page, make }) => {
  const expired = await make.coupon({ validUntil: new Date(Date.now() - 30 * DAY_MS) });
  const fromEighty = await make.coupon({
    discountType: "fixed",
    discountValue: 1500,
    currency: "usd",
    minPurchaseAmount: minor(8000),
  });
  const inactive = await make.coupon({ isActive: false });
  const forSql = await make.coupon({ applicableCourseTypes: ["sql"] });
  await fillCart(page, await make.course());

  const unknown = "We do not know this code. Check the spelling and try again.";
  const cases = [
    [`NONE${word()}`, unknown],
    [expired.code, /^This code expired on .+\.$/],
    [inactive.code, unknown],
    [fromEighty.code, "Add $31.00 more to use this code."],
    [forSql.code, "This code does not apply to any course in your cart."],
  ] as const;
  const field = page.getByRole("textbox", { name: "Coupon code" });
  for (const [code, sentence] of cases) {
    await enterCoupon(page, code);
    await expect(field).toHaveAccessibleDescription(sentence);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveValue(code);
  }
  await expect(summary(page).getByRole("button", { name: "Check out, $49.00" })).toBeVisible();
});

test("a code that stops counting is said to, and blocks nothing once removed", async ({ page, make }) => {
  const [cheap, dear] = [await make.course({ price: 3000 }), await make.course({ price: 6000 })];
  const { code } = await make.coupon({ minPurchaseAmount: minor(8000), currency: "usd" });
  await fillCart(page, cheap, dear);
  await enterCoupon(page, code);
  await expect(summary(page).getByRole("button", { name: "Check out, $81.00" })).toBeVisible();

  await cartLine(page, cheap)
    .getByRole("button", { name: `Remove ${cheap.title}` })
    .click();
  await expect(summary(page).getByRole("alert")).toContainText("Add $20.00 more to use this code.");
  await summary(page)
    .getByRole("button", { name: `Remove coupon ${code}` })
    .click();
  await expect(summary(page).getByRole("button", { name: "Check out, $60.00" })).toBeVisible();
});

test("a code of 100 % enrolls without a card", async ({ page, make, learner, signInAs }) => {
  await signInAs(learner);
  const course = await make.course();
  const { code } = await make.coupon({ discountValue: 100, maxUsesPerUser: 1 });
  await fillCart(page, course);
  await enterCoupon(page, code);
  await expect(summary(page)).toContainText("Nothing to pay. No card is asked for.");
  await summary(page).getByRole("button", { name: "Enroll for free" }).click();

  const orderNumber = await expectBought(page, course);
  await expect(page.getByRole("status").filter({ hasText: "Nothing was charged." })).toContainText(
    learner.email,
  );
  await page.goto("/account/orders");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: orderNumber }) });
  await expect(row).toContainText("Nothing to pay");

  await fillCart(page, await make.course());
  await enterCoupon(page, code);
  await expect(page.getByRole("textbox", { name: "Coupon code" })).toHaveAccessibleDescription(
    "You have used this code already.",
  );
});

test("what is left under the card minimum is refused before the payment page", async ({
  page,
  make,
  learner,
  signInAs,
}) => {
  await signInAs(learner);
  const { code } = await make.coupon({ discountType: "fixed", discountValue: 4870, currency: "usd" });
  await fillCart(page, await make.course());
  await enterCoupon(page, code);
  await checkOut(page, "$0.30");
  await expect(page.getByRole("alert").filter({ hasText: "$0.50" })).toContainText(
    "The least that can be paid by card is $0.50",
  );
  expect(new URL(page.url()).pathname, "still in the shop").toBe("/cart");
});

test("a coupon link waits for a cart and survives signing in", async ({ page, make }) => {
  const course = await make.course();
  const { code } = await make.coupon();
  const reader = await make.learner();
  await page.goto(`/courses/${course.slug}?coupon=${code.toLowerCase()}`);
  await expect(page.getByRole("status").filter({ hasText: `The code ${code} is kept` })).toBeVisible();
  await expect(page).toHaveURL(`/courses/${course.slug}`);

  await page.goto("/sign-in");
  await fillSignIn(page, reader);
  await expect(page).toHaveURL("/account/courses");
  await page.goto(`/courses/${course.slug}`);
  await buyBox(page)
    .getByRole("button", { name: about("Add to cart", course) })
    .click();
  const miniCart = page.getByRole("dialog", { name: "Added to your cart" });
  await expect(miniCart).toContainText(`Discount ${code}−$4.90`);
  await expect(miniCart).toContainText("Total$44.10");
  await page.goto("/cart");
  await expect(summary(page)).toContainText(`Discount ${code}`);
});

test("a coupon link to the cart counts there, and survives signing in on the way to paying", async ({
  page,
  make,
}) => {
  const { code } = await make.coupon();
  const reader = await make.learner();
  await fillCart(page, await make.course());
  await page.goto(`/cart?coupon=${code.toLowerCase()}`);
  await expect(summary(page)).toContainText(`Discount ${code}−$4.90`);
  await expect(page).toHaveURL("/cart");

  await checkOut(page, "$44.10");
  await fillSignIn(page, reader);
  await expect(page).toHaveURL("/cart");
  await expect(summary(page).getByRole("button", { name: "Check out, $44.10" })).toBeVisible();
});

test("a coupon link to an empty cart waits for the first course", async ({ page, make }) => {
  const { code } = await make.coupon();
  await page.goto(`/cart?coupon=${code}`);
  await expect(page.getByRole("status").filter({ hasText: `The code ${code} is kept` })).toBeVisible();
  const miniCart = await addToCart(page, await make.course());
  await expect(miniCart).toContainText(`Discount ${code}`);
});

test("a link's unknown code is said to be unknown in the cart, once", async ({ page, make }) => {
  const course = await make.course();
  const code = `NONE${word()}`.toUpperCase();
  await page.goto(`/courses/${course.slug}?coupon=${code}%20X`);
  await expect(page.getByRole("status").filter({ hasText: "is kept for your cart" })).toBeVisible();
  await addToCart(page, course);
  await page.goto("/cart");
  const field = page.getByRole("textbox", { name: "Coupon code" });
  await expect(field).toHaveAccessibleDescription(
    "We do not know this code. Check the spelling and try again.",
  );
  await expect(field).toHaveValue(`${code}X`);

  await page.reload();
  await expect(page.getByText("Have a coupon?")).toBeVisible();
  await expect(field).toBeHidden();
});

test("a link's code that the cart is too small for says so beside the one that counts, and waits", async ({
  page,
  make,
}) => {
  const [small, large] = [
    await make.coupon(),
    await make.coupon({ discountValue: 20, minPurchaseAmount: minor(8000), currency: "usd" }),
  ];
  await fillCart(page, await make.course());
  await enterCoupon(page, small.code);
  await expect(summary(page)).toContainText(`Discount ${small.code}`);
  await page.goto(`/cart?coupon=${large.code}`);
  const field = page.getByRole("textbox", { name: "Coupon code" });
  await expect(field).toHaveAccessibleDescription("Add $31.00 more to use this code.");
  await expect(summary(page)).toContainText(`Discount ${small.code}−$4.90`);

  await fillCart(page, await make.course());
  await expect(summary(page)).toContainText(`Discount ${large.code}−$19.60`);
  await expect(field).toBeHidden();
});

test("a code with an upper limit names it", async ({ page, make }) => {
  const { code } = await make.coupon({ maxDiscountAmount: minor(200), currency: "usd" });
  await fillCart(page, await make.course());
  await enterCoupon(page, code);
  await expect(summary(page).getByRole("status")).toHaveText("10% off, at most $2.00. You save $2.00.");
});

test("a guest's code comes along when the account is made on the way to paying", async ({
  page,
  make,
  shop,
}) => {
  const { code } = await make.coupon();
  await fillCart(page, await make.course());
  await enterCoupon(page, code);
  await checkOut(page, "$44.10");
  await page.getByRole("link", { name: "Create an account" }).click();
  const unique = word();
  const email = `buyer-${unique}@example.test`;
  await fillSignUp(page, { name: `Buyer ${unique}`, email, password: `three ${unique} words` });
  await finishSignUp(page, shop.mailUrl, email);
  await expect(page).toHaveURL("/cart");
  await expect(summary(page).getByRole("button", { name: "Check out, $44.10" })).toBeVisible();
});
