import type { FrameLocator, Page } from "@playwright/test";
import { test } from "./fixtures/embedded-shop";
import { CARDS } from "./fixtures/payment-page";
import { checkOut, expectBought, fillCart } from "./fixtures/shop-pages";
import { signIn } from "./fixtures/sign-in";
import { expect } from "./fixtures/test";

test.beforeEach(async ({ context, embeddedShop, learner }) => signIn(context, embeddedShop.url, learner));

/** The payment provider's page inside the shop's. */
const paymentFrame = (page: Page) => page.frameLocator('iframe[title="Payment page"]');

async function payInside(frame: FrameLocator, number: string): Promise<void> {
  await frame.getByRole("textbox", { name: "Card number" }).fill(number);
  await frame.getByRole("textbox", { name: "Expiry date" }).fill("12 / 40");
  await frame.getByRole("textbox", { name: "Security code" }).fill("123");
  await frame.getByRole("textbox", { name: "Name on the card" }).fill("Reader at the test");
  await frame.getByRole("button", { name: /^Pay / }).click();
}

test("a course is bought without leaving the shop: declined, then challenged, then paid", async ({
  page,
  make,
  embeddedShop,
}) => {
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await expect(page.getByRole("heading", { name: "Payment", level: 1 })).toBeVisible();
  const frame = paymentFrame(page);
  await expect(frame.getByText(course.title)).toBeVisible();
  expect(new URL(page.url()).origin, "the address stays the shop's").toBe(embeddedShop.url);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, "nothing scrolls sideways").toBeLessThanOrEqual(0);

  await payInside(frame, CARDS.declined);
  await expect(frame.getByRole("alert")).toContainText("Your card was declined");
  await payInside(frame, CARDS.threeDSecure);
  await frame.getByRole("button", { name: "Complete authentication" }).click();
  await expectBought(page, course);
  await page.goto("/cart");
  await expect(page.getByRole("heading", { name: "Your cart is empty" })).toBeVisible();
});

test("the page that lets the payment script in is the only one", async ({ page, make }) => {
  const course = await make.course();
  await fillCart(page, course);
  const cart = await page.request.get("/cart");
  expect(cart.headers()["content-security-policy"]).not.toContain("frame-src");
  await checkOut(page, "$49.00");
  await expect(paymentFrame(page).getByText(course.title)).toBeVisible();
  const own = await page.request.get(page.url());
  expect(own.headers()["content-security-policy"]).toContain("frame-src http://127.0.0.1:");
  expect(own.headers()["permissions-policy"]).toContain("payment=(self ");

  const marked = () => page.evaluate(() => "leftFrom" in window);
  await page.evaluate(() => Object.assign(window, { leftFrom: "checkout" }));
  await page.getByRole("link", { name: "Back to the cart" }).click();
  await expect(page.getByText("You were not charged")).toBeVisible();
  expect(await marked(), "leaving it loads a new document, with the strict policy").toBe(false);
});

test("when the script does not come, the provider's own page takes over", async ({ page, make, context }) => {
  await context.route("**/endive/stripe.js", (route) => route.fulfill({ status: 204, body: "" }));
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  const alert = page.getByRole("alert").filter({ hasText: "The payment form did not load" });
  await expect(alert).toBeVisible();
  await alert.getByRole("button", { name: "Pay on the payment provider’s page" }).click();
  await expect(page.getByRole("button", { name: "Pay $49.00" })).toBeVisible();
  expect(page.url()).toContain("/c/pay/cs_test_");
  await page.getByRole("textbox", { name: "Card number" }).fill(CARDS.pays);
  await page.getByRole("textbox", { name: "Expiry date" }).fill("12 / 40");
  await page.getByRole("textbox", { name: "Security code" }).fill("123");
  await page.getByRole("textbox", { name: "Name on the card" }).fill("Reader at the test");
  await page.getByRole("button", { name: "Pay $49.00" }).click();
  await expectBought(page, course);
});
