import type { Page } from "@playwright/test";
import { CARDS, payByCard } from "./fixtures/payment-page";
import { about, buyBox, cartLine, expectBought, fillCart, summary } from "./fixtures/shop-pages";
import { fillSignIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

type Course = { readonly slug: string; readonly title: string };

const heart = (page: Page, { title }: Course) =>
  buyBox(page).getByRole("button", { name: `Save ${title} to wishlist` });

const wish = (page: Page, { title }: Pick<Course, "title">) =>
  page
    .getByRole("list", { name: "Courses on your wishlist" })
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name: title, exact: true }) });

/** Presses the heart of the course's page and waits for the shop's word. */
async function save(page: Page, course: Course): Promise<void> {
  await page.goto(`/courses/${course.slug}`);
  await heart(page, course).click();
  await expect(page.getByText(`${course.title} is on your wishlist.`)).toBeVisible();
  await expect(heart(page, course)).toHaveAttribute("aria-pressed", "true");
}

test("a guest's wishes come along at sign-in, without doubles", async ({
  page,
  make,
  learner,
  signInAs,
  openBrowser,
}) => {
  const [both, guests] = [await make.course(), await make.course()];
  await signInAs(learner);
  await save(page, both);

  const elsewhere = await (await openBrowser()).newPage();
  for (const course of [both, guests]) await save(elsewhere, course);
  await elsewhere.getByRole("banner").getByRole("link", { name: "Wishlist" }).click();
  await expect(wish(elsewhere, guests)).toBeVisible();
  await elsewhere.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await fillSignIn(elsewhere, learner);
  await expect(elsewhere.getByText("This list is kept in this browser")).toBeHidden();
  await expect(wish(elsewhere, guests)).toHaveCount(1);
  await expect(wish(elsewhere, both)).toHaveCount(1);

  await page.goto("/account/wishlist");
  await expect(wish(page, guests)).toBeVisible();
});

test("the heart works in place, remembers, and can be undone", async ({ page, make }) => {
  const course = await make.course();
  await save(page, course);
  await page.reload();
  await expect(heart(page, course)).toHaveAttribute("aria-pressed", "true");
  await heart(page, course).click();
  await expect(page.getByText(`${course.title} is off your wishlist.`)).toBeVisible();
  await expect(heart(page, course)).toHaveAttribute("aria-pressed", "false");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(heart(page, course)).toHaveAttribute("aria-pressed", "true");
});

for (const who of ["a guest", "a learner"] as const) {
  test(`${who} saves courses by the hearts of their cards, wherever these stand`, async ({
    page,
    learner,
    signInAs,
  }) => {
    if (who === "a learner") await signInAs(learner);
    await page.goto("/");
    const hearts = page.getByRole("main").getByRole("button", { name: /^Save .* to wishlist$/ });
    const first = await hearts.first().getAttribute("aria-label");
    const atHome = first?.replace(/^Save (.*) to wishlist$/, "$1") ?? "";
    const pages = [
      { address: "/", title: atHome },
      { address: "/courses", title: "Joins and windows" },
      { address: "/courses/search?q=mocks", title: "Testing Python" },
    ];
    expect(new Set(pages.map(({ title }) => title)).size, "three courses").toBe(3);
    const cardHeart = (title: string) =>
      page
        .getByRole("main")
        .getByRole("listitem")
        .filter({ has: page.getByRole("heading", { name: title, exact: true }) })
        .getByRole("button", { name: `Save ${title} to wishlist` });
    for (const { address, title } of pages) {
      await page.goto(address);
      await expect(cardHeart(title)).toHaveAttribute("aria-pressed", "false");
      await cardHeart(title).click();
      await expect(page.getByText(`${title} is on your wishlist.`)).toBeVisible();
      await expect(cardHeart(title)).toHaveAttribute("aria-pressed", "true");
    }
    await page.goto("/courses");
    for (const { title } of pages) await expect(cardHeart(title)).toHaveAttribute("aria-pressed", "true");
    await page.goto("/account/wishlist");
    for (const { title } of pages) await expect(wish(page, { title })).toHaveCount(1);
    await expect(
      page.getByRole("list", { name: "Courses on your wishlist" }).getByRole("listitem"),
    ).toHaveCount(3);
    const note = page.getByText("This list is kept in this browser");
    await expect(note).toHaveCount(who === "a guest" ? 1 : 0);
  });
}

test("a wish is removed and undone on the list, tells its price, and moves to the cart and back", async ({
  page,
  make,
  isMobile,
}) => {
  const course = await make.course();
  await save(page, course);
  await make.setPrice(course, 3900);
  await page.goto("/account/wishlist");
  await expect(wish(page, course)).toContainText("Price lowered since you saved it: it was $49.00");
  await wish(page, course)
    .getByRole("button", { name: `Remove ${course.title}` })
    .click();
  await expect(page.getByText(`${course.title} was removed.`)).toBeVisible();
  await expectSoundPage(page, "empty wishlist with an undo", isMobile);
  await page.getByRole("button", { name: `Undo removing ${course.title}` }).click();
  await expect(wish(page, course)).toBeVisible();

  await wish(page, course)
    .getByRole("button", { name: `Move to cart ${course.title}` })
    .click();
  await expect(page.getByText(`${course.title} is in your cart.`)).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Open the cart" }).click();
  await cartLine(page, course)
    .getByRole("button", { name: `Save for later ${course.title}` })
    .click();
  await expect(page.getByText(`${course.title} is on your wishlist.`)).toBeVisible();
  await page.getByRole("button", { name: `Undo saving ${course.title}` }).click();
  await expect(cartLine(page, course)).toBeVisible();
});

test("a course that was bought leaves the list", async ({ page, make, learner, signInAs }) => {
  await signInAs(learner);
  const [bought, kept] = [await make.course(), await make.course()];
  for (const course of [bought, kept]) await save(page, course);
  await fillCart(page, bought);
  await summary(page).getByRole("button", { name: "Check out, $49.00" }).click();
  await payByCard(page, CARDS.pays);
  await expectBought(page, bought);
  await page.goto("/account/wishlist");
  await expect(wish(page, kept)).toBeVisible();
  await expect(wish(page, bought)).toHaveCount(0);
});

test("a list is shared by a link, which can be replaced and ended", async ({
  page,
  make,
  learner,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  await signInAs(learner);
  const course = await make.course();
  await save(page, course);
  await page.goto("/account/wishlist");
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = page.getByRole("link", { name: /\/wishlists\// });
  const first = (await link.getAttribute("href")) ?? "";
  await expectSoundPage(page, "wishlist", isMobile);

  const stranger = await (await openBrowser()).newPage();
  await stranger.goto(first);
  await expect(stranger.getByRole("heading", { name: `Wishlist of ${learner.name}` })).toBeVisible();
  await expect(stranger.getByRole("link", { name: course.title })).toBeVisible();
  await expect(stranger.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await expectSoundPage(stranger, "shared wishlist", isMobile);

  await page.getByRole("button", { name: "Replace the link" }).click();
  await expect(link).not.toHaveAttribute("href", first);
  const second = (await link.getAttribute("href")) ?? "";
  expect((await stranger.goto(first))?.status()).toBe(404);
  expect((await stranger.goto(second))?.status()).toBe(200);
  await page.getByRole("button", { name: "End the link" }).click();
  await expect(page.getByRole("button", { name: "Make a link" })).toBeVisible();
  expect((await stranger.goto(second))?.status()).toBe(404);
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("a course is saved, removed, undone and moved", async ({ page, make }) => {
    const course = await make.course();
    await page.goto(`/courses/${course.slug}`);
    await heart(page, course).click();
    await expect(page).toHaveURL("/account/wishlist");
    await wish(page, course)
      .getByRole("button", { name: `Remove ${course.title}` })
      .click();
    await page.getByRole("button", { name: `Undo removing ${course.title}` }).click();
    await wish(page, course)
      .getByRole("button", { name: `Move to cart ${course.title}` })
      .click();
    await expect(page.getByText(`${course.title} is in your cart.`)).toBeVisible();
    await page.goto(`/courses/${course.slug}`);
    await expect(buyBox(page).getByRole("button", { name: about("Add to cart", course) })).toBeVisible();
    await page.goto("/cart");
    await expect(cartLine(page, course)).toBeVisible();
  });
});
