import { CARDS, payByCard } from "./fixtures/payment-page";
import { checkOut, expectBought, fillCart } from "./fixtures/shop-pages";
import { signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(180_000);

test("a dispute is seen wherever its order is, and its verdict is told although its opening was cleared", async ({
  page,
  make,
  shop,
  stripe,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  if (isMobile) await page.setViewportSize({ width: 390, height: 844 });
  const [learner, course] = [await make.learner(), await make.course({ price: 4900 })];
  const buyer = await openBrowser();
  await signIn(buyer, shop.url, learner);
  const till = await buyer.newPage();
  await fillCart(till, course);
  await checkOut(till, "$49.00");
  await payByCard(till, CARDS.disputed);
  const number = await expectBought(till, course);

  await signInAs(await make.admin());
  const alert = page.getByRole("row").filter({ hasText: number });
  await expect(async () => {
    await page.goto("/admin/payments");
    await expect(alert).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(alert).toContainText(/Answer in Stripe's Dashboard by \d{1,2} [A-Z][a-z]+ \d{4};/);
  const id = (await alert.locator("small").first().textContent()) ?? "";
  await expectSoundPage(page, "an open dispute to settle", isMobile);
  await page.goto("/admin");
  await expect(alert).toContainText(id);
  await expectSoundPage(page, "the overview of an open dispute", isMobile);
  await alert.getByRole("link", { name: number }).click();

  await expect(page.getByRole("heading", { name: number, level: 1 })).toBeVisible();
  await expect(
    page.getByText(/^Disputed, answer by \d{1,2} [A-Z][a-z]{2}$|^Disputed, answer by [A-Z][a-z]{2} \d{1,2}$/),
  ).toBeVisible();
  await expect(page.getByText("The buyer’s bank has taken $49.00 back until it decides.")).toBeVisible();
  await expect(
    page.getByText(/Until the bank decides, access is suspended and refunds are locked/),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Refund", exact: true })).toBeHidden();
  await expect(page.getByText("The course was added to the buyer’s account.")).toBeVisible();
  await expectSoundPage(page, "a disputed order", isMobile);

  await page.goto("/admin/payments");
  await alert.getByRole("button", { name: /^Clear/ }).click();
  await expect(alert).toBeHidden();
  await expect(page.getByText("no bank wants money back")).toBeHidden();

  await stripe.decideDispute(id, "lost");
  await stripe.idle();
  await page.goto("/admin/payments");
  await expect(alert).toContainText(/Dispute lost/);
  await page.goto(`/admin/orders?status=lost&q=${number}`);
  await expect(alert.getByText("Lost to a dispute")).toBeVisible();
  await expectSoundPage(page, "orders lost to a dispute", isMobile);
  await alert.getByRole("link", { name: number }).click();
  await expect(page.getByText("$49.00 was lost to a dispute.")).toBeVisible();
  await expect(page.getByText("Left for the shop")).toBeVisible();
  await expectSoundPage(page, "a lost order", isMobile);
  await page.goto("/admin/analytics");
  await expect(
    page
      .getByRole("columnheader", { name: "Lost to disputes" })
      .or(page.locator("td[data-label='Lost to disputes']"))
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await expectSoundPage(page, "analytics with a lost dispute", isMobile);
});
