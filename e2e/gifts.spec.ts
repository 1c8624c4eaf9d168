import type { Page } from "@playwright/test";
import { formatDay } from "../lib/format-day";
import { linkIn, mailsTo, waitForMail } from "./fixtures/mailbox";
import { CARDS, payByCard } from "./fixtures/payment-page";
import { buyBox, cartLine, summary } from "./fixtures/shop-pages";
import { fillSignIn, fillSignUp, finishSignUp, signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

const GIFT = / gives you a course: /;

type Course = { readonly slug: string; readonly title: string };

/** From the course's page to a gift in the cart. */
async function putGiftInCart(page: Page, course: Course, to: string, on?: string): Promise<void> {
  await page.goto(`/courses/${course.slug}`);
  await buyBox(page).getByRole("link", { name: "Give as a gift" }).click();
  await page.getByRole("textbox", { name: "Their e-mail address" }).fill(to);
  await page.getByRole("textbox", { name: "Your words (optional)" }).fill("For long evenings.");
  if (on) await page.getByLabel("Send it on (optional)").fill(on);
  await page.getByRole("button", { name: "Add the gift to the cart" }).click();
  await expect(cartLine(page, course)).toContainText(`A gift for ${to}`);
}

/** Pays the cart, and opens the order's page. */
async function buyGift(page: Page, course: Course, to: string): Promise<void> {
  await putGiftInCart(page, course, to);
  await summary(page).getByRole("button", { name: "Check out, $49.00" }).click();
  await payByCard(page, CARDS.pays);
  await expect(page.getByRole("heading", { name: "Your gift is ready.", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "See the order" }).click();
  await expect(page.getByRole("region", { name: "Your gift" })).toContainText(`Sent to ${to}`);
}

test("a gift is bought, mailed, and opened by somebody who makes an account for it", async ({
  page,
  make,
  shop,
  learner,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const course = await make.course();
  await signInAs(learner);
  const to = `gift-${course.slug}@example.test`;
  await buyGift(page, course, to);
  await expectSoundPage(page, "order with a gift", isMobile);

  const other = await (await openBrowser()).newPage();
  const mail = await waitForMail(shop.mailUrl, to, GIFT);
  expect(mail.text).toContain("For long evenings.");
  await other.goto(linkIn(mail));
  await expect(other.getByRole("heading", { name: course.title, level: 1 })).toBeVisible();
  await expect(other.getByText(`${learner.name} gives you a course`)).toBeVisible();
  await expectSoundPage(other, "gift for a stranger", isMobile);
  const banner = other.getByRole("banner");
  if (isMobile) await banner.locator("summary").click();
  await banner.getByRole("link", { name: "Sign in", exact: true }).filter({ visible: true }).click();
  await expect(other).toHaveURL("/sign-in?returnTo=/gift");
  await other.goto("/gift");
  await expect(other.getByRole("heading", { name: course.title, level: 1 })).toBeVisible();
  await other.getByRole("button", { name: "Create an account and accept" }).click();
  await expect(other).toHaveURL("/sign-up?returnTo=/gift");
  const email = `claims-${course.slug}@example.test`;
  await fillSignUp(other, { name: "Grace", email, password: "plum ladder stove" });
  await finishSignUp(other, shop.mailUrl, email);
  await other.getByRole("button", { name: "Accept the gift" }).click();
  await expect(other.getByRole("heading", { name: course.lessons[0]?.title ?? "", level: 1 })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("region", { name: "Your gift" })).toContainText("Accepted on");
  await page.goto("/account/gifts");
  await expect(page.getByRole("region", { name: "Given by you" })).toContainText(course.title);
  await expectSoundPage(page, "gifts", isMobile);
  await waitForMail(shop.mailUrl, learner.email, /^Your gift was accepted/);
});

test("sent again, the first link is dead; with a course of one's own nothing is used up", async ({
  page,
  make,
  shop,
  learner,
  signInAs,
  openBrowser,
}) => {
  const course = await make.course();
  await signInAs(learner);
  const to = `again-${course.slug}@example.test`;
  await buyGift(page, course, to);
  const first = linkIn(await waitForMail(shop.mailUrl, to, GIFT));
  await page.getByText(`Send it to another address ${course.title}`).click();
  const elsewhere = `elsewhere-${course.slug}@example.test`;
  await page.getByRole("textbox", { name: "Their e-mail address" }).fill("nobody");
  await page.getByRole("button", { name: "Send a fresh link" }).click();
  await expect(page.getByText("Enter one e-mail address, such as name@example.com.").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Their e-mail address" }).fill(elsewhere);
  await page.getByRole("button", { name: "Send a fresh link" }).click();
  await expect(page.getByRole("region", { name: "Your gift" })).toContainText(`Sent to ${elsewhere}`);
  const second = linkIn(await waitForMail(shop.mailUrl, elsewhere, GIFT));

  const other = await (await openBrowser()).newPage();
  await other.goto(first);
  await expect(other.getByRole("heading", { name: "This link opens no gift", level: 1 })).toBeVisible();
  await other.goto(second);
  const owner = await make.learner();
  await make.enrollment(owner, course);
  await other.getByRole("button", { name: "Sign in and accept" }).click();
  await fillSignIn(other, owner);
  await expect(other.getByText("You have this course already")).toBeVisible();
});

test("support finds a gift by its address, and sends it again with a fresh link", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const [buyer, course] = [await make.learner(), await make.course()];
  const theirs = await openBrowser();
  await signIn(theirs, shop.url, buyer);
  const to = `lost-${course.slug}@example.test`;
  await buyGift(await theirs.newPage(), course, to);
  const first = linkIn(await waitForMail(shop.mailUrl, to, GIFT));

  await signInAs(await make.support());
  await page.goto("/admin/orders");
  await page.getByRole("searchbox", { name: "Search" }).fill(to);
  await page.getByRole("button", { name: "Filter" }).click();
  const row = page.getByRole("row").filter({ hasText: buyer.email });
  await row.getByRole("link", { name: /^ORD-/ }).click();
  const gift = page.getByRole("region", { name: "Gift", exact: true });
  await expect(gift).toContainText(`For ${to}`);
  await expect(gift).toContainText("Not accepted yet");
  await expect(page.getByRole("region", { name: "Mails", exact: true })).toContainText(to);
  await expectSoundPage(page, "an order with a gift at the desk", isMobile);
  await gift.getByRole("button", { name: new RegExp(`^Send again ?: ${course.title}$`) }).click();
  await expect(gift).toContainText("2 times; the newest link works");

  const friend = await (await openBrowser()).newPage();
  const links = async () => (await mailsTo(shop.mailUrl, to)).map((mail) => linkIn(mail));
  await expect.poll(async () => (await links()).length, { timeout: 30_000 }).toBe(2);
  await friend.goto(first);
  await expect(friend.getByRole("heading", { name: "This link opens no gift", level: 1 })).toBeVisible();
  await friend.goto((await links()).find((link) => link !== first) ?? "");
  await expect(friend.getByRole("heading", { name: course.title, level: 1 })).toBeVisible();
});

test("a gift waits for its day, which can be changed until then", async ({
  page,
  make,
  shop,
  learner,
  signInAs,
  isMobile,
}) => {
  const course = await make.course();
  await signInAs(learner);
  const to = `later-${course.slug}@example.test`;
  const [day, later] = [3, 9].map((days) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10),
  );
  if (!day || !later) throw new Error("no days");
  await putGiftInCart(page, course, to, day);
  await summary(page).getByRole("button", { name: "Check out, $49.00" }).click();
  await payByCard(page, CARDS.pays);
  await page.getByRole("link", { name: "See the order" }).click();
  const gift = page.getByRole("region", { name: "Your gift" });
  await expect(gift).toContainText(`Goes to ${to} in the morning of ${formatDay(day)}`);
  await gift.getByText(`Change address, words or day ${course.title}`).click();
  await gift.getByLabel("Send it on (optional)").fill(later);
  await gift.getByRole("button", { name: "Change the gift" }).click();
  await expect(gift).toContainText(`Goes to ${to} in the morning of ${formatDay(later)}`);
  await expectSoundPage(page, "order with a planned gift", isMobile);
  await waitForMail(shop.mailUrl, learner.email, /^Your order /);
  expect(await mailsTo(shop.mailUrl, to)).toEqual([]);
});

test("a link that is sent again is the only one, and opens its gift once", async ({
  page,
  make,
  shop,
  learner,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const course = await make.course();
  await signInAs(learner);
  const to = `once-${course.slug}@example.test`;
  await buyGift(page, course, to);
  const first = linkIn(await waitForMail(shop.mailUrl, to, GIFT));
  await page.getByRole("button", { name: `Send it again ${course.title}` }).click();
  await expect(page.getByText("A fresh link is on its way.")).toBeVisible();
  await expect.poll(async () => (await mailsTo(shop.mailUrl, to)).length, { timeout: 30_000 }).toBe(2);
  const [again] = await mailsTo(shop.mailUrl, to);
  const second = linkIn(again ?? { subject: "", text: "", headers: {}, attachments: [] });
  expect(second).not.toBe(first);

  const opens = await (await openBrowser()).newPage();
  await signIn(opens.context(), shop.url, await make.learner());
  await opens.goto(first);
  await expect(opens.getByRole("heading", { name: "This link opens no gift", level: 1 })).toBeVisible();
  await opens.goto(second);
  await opens.getByRole("button", { name: "Accept the gift" }).click();
  await expect(opens.getByRole("heading", { name: course.lessons[0]?.title ?? "", level: 1 })).toBeVisible();

  const late = await (await openBrowser()).newPage();
  await signIn(late.context(), shop.url, await make.learner());
  await late.goto(second);
  await expect(late.getByText("Somebody has accepted this gift")).toBeVisible();
  await expectSoundPage(late, "a gift that is taken", isMobile);
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("a gift is put into the cart, changed, and taken out", async ({ page, make }) => {
    const course = await make.course();
    await putGiftInCart(page, course, "one@example.test");
    await cartLine(page, course)
      .getByRole("link", { name: `Change the gift ${course.title}` })
      .click();
    await page
      .getByRole("textbox", { name: "Their e-mail address" })
      .fill("two@example.test, three@example.test");
    await page.getByRole("button", { name: "Change the gift" }).click();
    await expect(page.getByRole("textbox", { name: "Their e-mail address" })).toHaveValue(/three/);
    await page.getByRole("textbox", { name: "Their e-mail address" }).fill("two@example.test");
    await page.getByRole("button", { name: "Change the gift" }).click();
    await expect(cartLine(page, course)).toContainText("A gift for two@example.test");
    await cartLine(page, course)
      .getByRole("button", { name: `Remove ${course.title}` })
      .click();
    await expect(page.getByRole("link", { name: `Give it again ${course.title}` })).toBeVisible();
  });
});
