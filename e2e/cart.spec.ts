import { about, addToCart, buyBox, cartLine, checkOut, fillCart, summary } from "./fixtures/shop-pages";
import { fillSignIn, readerMenu } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

test("adding a course shows the cart in place, counts it, and turns the button", async ({ page, make }) => {
  const [first, second] = [await make.course(), await make.course({ price: 2900 })];
  await addToCart(page, first);
  const miniCart = await addToCart(page, second);
  await expect(miniCart.getByRole("listitem")).toHaveCount(2);
  await expect(miniCart.getByText("$78.00")).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: "Cart, 2 courses" })).toBeVisible();

  await miniCart.getByRole("button", { name: "Keep browsing" }).click();
  await expect(miniCart).toBeHidden();
  const inCart = buyBox(page).getByRole("link", { name: about("In cart", second) });
  await expect(inCart).toBeFocused();
  await inCart.click();
  await expect(cartLine(page, first)).toContainText("$49.00");
  await expect(summary(page)).toContainText("Subtotal, 2 courses");
});

test("the mini-cart leads to the cart", async ({ page, make }) => {
  const course = await make.course();
  const miniCart = await addToCart(page, course);
  await miniCart.getByRole("link", { name: "Check out" }).click();
  await expect(cartLine(page, course)).toBeVisible();
  await expect(miniCart).toBeHidden();
});

test("a course is in the cart once, however often it is added", async ({ page, make }) => {
  const course = await make.course();
  await page.goto(`/courses/${course.slug}`);
  const stale = await page.context().newPage();
  await stale.goto(`/courses/${course.slug}`);
  for (const tab of [page, stale]) {
    await buyBox(tab)
      .getByRole("button", { name: about("Add to cart", course) })
      .click();
    await expect(tab.getByRole("dialog", { name: "Added to your cart" })).toBeVisible();
  }
  await expect(stale.getByRole("banner").getByRole("link", { name: "Cart, 1 course" })).toBeVisible();
  await stale.goto("/cart");
  await expect(cartLine(stale, course)).toHaveCount(1);
  await expect(summary(stale)).toContainText("Subtotal, 1 course");
});

test("a removed course leaves an undo in its place", async ({ page, make }) => {
  const [stays, leaves] = [await make.course(), await make.course()];
  await fillCart(page, stays, leaves);
  await cartLine(page, leaves)
    .getByRole("button", { name: `Remove ${leaves.title}` })
    .click();
  await expect(page.getByText(`${leaves.title} was removed.`)).toBeVisible();
  await expect(summary(page)).toContainText("Subtotal, 1 course");
  await expect(page.getByRole("banner").getByRole("link", { name: "Cart, 1 course" })).toBeVisible();

  await page.getByRole("button", { name: `Undo removing ${leaves.title}` }).click();
  await expect(cartLine(page, leaves)).toBeVisible();
  await expect(page.getByText(`${leaves.title} was removed.`)).toBeHidden();
  await expect(summary(page)).toContainText("$98.00");
});

test("an empty cart says what to do next", async ({ page, make }) => {
  const course = await make.course();
  await fillCart(page, course);
  await cartLine(page, course)
    .getByRole("button", { name: `Remove ${course.title}` })
    .click();
  await expect(page.getByText(`${course.title} was removed.`)).toBeVisible();
  await page.goto("/cart");
  await expect(page.getByRole("heading", { name: "Your cart is empty" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Browse the courses" }).click();
  await expect(page).toHaveURL("/courses");
});

test("a price that changed is announced before paying", async ({ page, make, learner, signInAs }) => {
  await signInAs(learner);
  const course = await make.course();
  await fillCart(page, course);
  await make.setPrice(course, 3900);
  await page.reload();
  await expect(page.getByText("One price changed since you added it")).toBeVisible();
  await expect(page.getByText(`${course.title} now costs $39.00 instead of $49.00.`)).toBeVisible();
  await expect(cartLine(page, course)).toContainText("Price lowered since you added it");

  await make.setPrice(course, 5900);
  await checkOut(page, "$39.00");
  await expect(page.getByRole("alert").filter({ hasText: "The total has changed" })).toBeVisible();
  await expect(summary(page).getByRole("button", { name: "Check out, $59.00" })).toBeVisible();
});

test("a guest's cart comes along at sign-in, without doubles and without what is owned", async ({
  page,
  make,
  signInAs,
  openBrowser,
}) => {
  const [owned, both, guests] = [await make.course(), await make.course(), await make.course()];
  const reader = await make.learner();
  await make.enrollment(reader, owned);

  await signInAs(reader);
  await addToCart(page, both);

  const elsewhere = await (await openBrowser()).newPage();
  await fillCart(elsewhere, owned, both, guests);
  await checkOut(elsewhere, "$147.00");
  await expect(elsewhere.getByText("Your cart is kept, and you go straight back to it.")).toBeVisible();
  await fillSignIn(elsewhere, reader);
  await expect(elsewhere.getByText("One course left the cart")).toBeVisible();
  await expect(cartLine(elsewhere, owned)).toHaveCount(0);
  await expect(cartLine(elsewhere, both)).toHaveCount(1);
  await expect(cartLine(elsewhere, guests)).toHaveCount(1);
  await expect(summary(elsewhere)).toContainText("$98.00");

  await page.goto("/cart");
  await expect(cartLine(page, guests)).toBeVisible();
});

test("a course that is owned is opened, not sold again", async ({ page, make, learner, signInAs }) => {
  await signInAs(learner);
  const course = await make.course();
  await page.goto(`/courses/${course.slug}`);
  const add = buyBox(page).getByRole("button", { name: about("Add to cart", course) });
  await expect(readerMenu(page, learner)).toBeVisible();
  await make.enrollment(learner, course);

  await add.click();
  await expect(buyBox(page).getByRole("link", { name: about("Go to course", course) })).toBeVisible();
  await page.goto("/cart");
  await expect(page.getByRole("heading", { name: "Your cart is empty" })).toBeVisible();
});

test("a course bought elsewhere meanwhile stops the checkout", async ({ page, make, learner, signInAs }) => {
  await signInAs(learner);
  const course = await make.course();
  await fillCart(page, course);
  await make.enrollment(learner, course);
  await checkOut(page, "$49.00");
  await expect(page.getByText("You own one of these courses already")).toBeVisible();
  await expect(cartLine(page, course)).toContainText("You own this course already.");
  await expect(cartLine(page, course).getByRole("link", { name: "Go to course" })).toBeVisible();
});
