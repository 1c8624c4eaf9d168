import { word } from "./fixtures/factories";
import { CARDS, payByCard } from "./fixtures/payment-page";
import { about, buyBox, cartLine, checkOut, enterCoupon, expectBought, summary } from "./fixtures/shop-pages";
import { fillSignUp, finishSignUp } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

test.use({ javaScriptEnabled: false });

test("a stranger buys with JavaScript off: cart, coupon, account, payment, lesson", async ({
  page,
  make,
  shop,
}) => {
  const [course, other] = [await make.course(), await make.course()];
  const { code } = await make.coupon();
  for (const wanted of [other, course]) {
    await page.goto(`/courses/${wanted.slug}`);
    await buyBox(page)
      .getByRole("button", { name: about("Add to cart", wanted) })
      .click();
    await expect(page).toHaveURL("/cart");
  }
  await cartLine(page, other)
    .getByRole("button", { name: `Remove ${other.title}` })
    .click();
  await expect(page.getByRole("button", { name: `Undo removing ${other.title}` })).toBeVisible();

  await enterCoupon(page, `NONE${word()}`);
  await expect(page.getByRole("textbox", { name: "Coupon code" })).toHaveAccessibleDescription(
    "We do not know this code. Check the spelling and try again.",
  );
  await enterCoupon(page, code);
  await expect(summary(page)).toContainText(`Discount ${code}`);

  await checkOut(page, "$44.10");
  await page.getByRole("link", { name: "Create an account" }).click();
  const unique = word();
  const person = { name: `Buyer ${unique}`, email: `buyer-${unique}@example.test` };
  await fillSignUp(page, { ...person, password: "short" });
  await expect(page.getByRole("alert").filter({ hasText: "Use at least 8 characters." })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Your name" })).toHaveValue(person.name);
  await fillSignUp(page, { ...person, password: `some ${unique} plain words` });
  await finishSignUp(page, shop.mailUrl, person.email);
  await expect(page).toHaveURL("/cart");

  await checkOut(page, "$44.10");
  await payByCard(page, CARDS.declined);
  await expect(page.getByRole("alert")).toContainText("Your card was declined");
  await payByCard(page, CARDS.pays);
  await expectBought(page, course);
  await page.reload();
  await expectBought(page, course);

  await page.getByRole("link", { name: "Start learning" }).click();
  await expect(page.getByText(course.lessons[0]?.marker ?? "")).toBeVisible();
  await page.getByRole("button", { name: "Mark as complete" }).click();
  await expect(page.getByText("Completed", { exact: true })).toBeVisible();
});

test("a free course is joined with JavaScript off", async ({ page, make, learner, signInAs }) => {
  await signInAs(learner);
  const course = await make.course({ price: 0 });
  await page.goto(`/courses/${course.slug}`);
  await buyBox(page)
    .getByRole("button", { name: about("Enroll for free", course) })
    .click();
  await expect(page.getByText(course.lessons[0]?.marker ?? "")).toBeVisible();
});
