import type { Page } from "@playwright/test";
import { CARDS, expectPaymentPage, payByCard } from "./fixtures/payment-page";
import { cartLine, checkOut, enterCoupon, expectBought, fillCart } from "./fixtures/shop-pages";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(180_000);

test.beforeEach(async ({ page, isMobile }) => {
  if (isMobile) await page.setViewportSize({ width: 360, height: 740 });
});

/** Opens one page after the other and looks at each. */
async function lookAt(page: Page, addresses: Readonly<Record<string, string>>, isMobile: boolean) {
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectSoundPage(page, name, isMobile);
  }
}

test("the shelf and the courses are sound", async ({ page, isMobile }) => {
  const addresses = {
    home: "/",
    courses: "/courses",
    search: "/courses/search?q=python&level=beginner",
    "search without a match": "/courses/search?q=zeppelin&price=paid",
    "paid course": "/courses/testing-python",
    "free course": "/courses/sql-from-questions",
    pricing: "/pricing",
    "page not found": "/nowhere",
  };
  await lookAt(page, addresses, isMobile);
});

test("terms, forms and lessons for strangers are sound", async ({ page, isMobile }) => {
  const addresses = {
    imprint: "/imprint",
    privacy: "/privacy",
    terms: "/terms",
    refunds: "/refunds",
    "sign-in": "/sign-in?returnTo=/cart",
    "sign-up": "/sign-up",
    "mail sent": "/verify-email",
    "spent link": "/reset-password?token=spent",
    "no such mails to end": "/unsubscribe/none",
    "no such gift": "/give/none",
    "forgotten password": "/reset-password",
    "sign-in by mail": "/sign-in/link",
    "second step": "/sign-in/code",
    "empty cart": "/cart",
    "free preview": "/learn/testing-python/a-test-that-can-fail",
    "locked lesson": "/learn/testing-python/code-that-lets-itself-be-tested",
    "no such lesson": "/learn/testing-python/nothing-of-the-kind",
  };
  await lookAt(page, addresses, isMobile);
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "We could not create your account" })).toBeVisible();
  await expectSoundPage(page, "sign-up with errors", isMobile);
});

test("the way of buying is sound, from the mini-cart to the receipt", async ({
  page,
  make,
  learner,
  signInAs,
  isMobile,
}) => {
  await signInAs(learner);
  // The courses that one has and a paid order are looked at in player.spec.ts and paper.spec.ts.
  await lookAt(page, { "no orders yet": "/account/orders", "no admin": "/admin" }, isMobile);

  const [kept, removed] = [await make.course(), await make.course()];
  const { code } = await make.coupon();
  await page.goto(`/courses/${kept.slug}`);
  await page
    .getByRole("button", { name: /^Add to cart/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Added to your cart" })).toBeVisible();
  await expectSoundPage(page, "mini-cart", isMobile);

  await fillCart(page, removed);
  await enterCoupon(page, "NO-SUCH-CODE");
  await expect(page.getByText("We do not know this code.").first()).toBeVisible();
  await expectSoundPage(page, "cart with a refused code", isMobile);
  await enterCoupon(page, code);
  await cartLine(page, removed)
    .getByRole("button", { name: `Remove ${removed.title}` })
    .click();
  await expect(page.getByText(`${removed.title} was removed.`)).toBeVisible();
  await make.setPrice(kept, 3900);
  await page.reload();
  await expect(page.getByText("One price changed since you added it")).toBeVisible();
  await expectSoundPage(page, "cart with coupon, undo and a changed price", isMobile);

  await checkOut(page, "$35.10");
  await expectPaymentPage(page, "$35.10");
  await expectSoundPage(page, "payment page", isMobile);
  await payByCard(page, CARDS.declined);
  await expect(page.getByRole("alert")).toBeVisible();
  await expectSoundPage(page, "payment page after a decline", isMobile);
  await payByCard(page, CARDS.threeDSecure);
  await expect(page.getByRole("heading", { name: "Confirm your payment" })).toBeVisible();
  await expectSoundPage(page, "3-D Secure page", isMobile);
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await expectBought(page, kept);
  await expectSoundPage(page, "after paying", isMobile);

  const [, second] = kept.lessons;
  const addresses = {
    orders: "/account/orders",
    lesson: `/learn/${kept.slug}/${second?.slug}`,
    "cart after paying": "/cart",
  };
  await lookAt(page, addresses, isMobile);
});

test("a whole lesson of the catalogue and the admin's page are sound", async ({
  page,
  make,
  signInAs,
  isMobile,
}) => {
  const admin = await make.admin();
  await signInAs(admin);
  await page.goto("/courses/python-from-zero");
  await page
    .getByRole("button", { name: /^Enroll for free/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Check yourself" })).toBeVisible();
  await expectSoundPage(page, "lesson with exercises", isMobile);
  await lookAt(
    page,
    {
      "two steps": "/account/settings/two-step",
      "admin overview": "/admin",
      "no such order": "/admin/orders/ORD-19990101-AAAAAA",
      "admin search": "/admin/orders?q=ORD-19990101",
      "audit log": "/admin/audit?verify=1",
      "batches of codes": "/admin/coupons/batches",
      settings: "/admin/settings",
      "a course of the shop": "/admin/courses/data-structures",
      "a lesson to write": "/admin/courses/data-structures/lessons/sets-and-tuples",
      funnel: "/admin/analytics/funnel",
    },
    isMobile,
  );
});
