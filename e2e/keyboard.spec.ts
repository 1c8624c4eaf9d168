import type { Locator, Page } from "@playwright/test";
import { word } from "./fixtures/factories";
import { CARDS } from "./fixtures/payment-page";
import { about, buyBox, cartLine, expectBought, fillCart, summary } from "./fixtures/shop-pages";
import { readerMenu, signIn } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

const ENOUGH = 80;

/** Presses Tab until the control has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < ENOUGH; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${ENOUGH} tabs do not reach ${control}`);
}

async function pressOn(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press("Enter");
}

test("a course is bought and its first lesson completed with the keyboard alone", async ({
  page,
  make,
  learner,
  signInAs,
}) => {
  await signInAs(learner);
  const course = await make.course();
  await page.goto(`/courses/${course.slug}`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");

  await pressOn(page, buyBox(page).getByRole("button", { name: about("Add to cart", course) }));
  const miniCart = page.getByRole("dialog", { name: "Added to your cart" });
  await expect(miniCart).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(miniCart).toBeHidden();
  await expect(buyBox(page).getByRole("link", { name: about("In cart", course) })).toBeFocused();
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: "Cart", level: 1 })).toBeVisible();
  await pressOn(page, summary(page).getByRole("button", { name: "Check out, $49.00" }));

  await tabTo(page, page.getByRole("textbox", { name: "Card number" }));
  await page.keyboard.type(CARDS.pays);
  await page.keyboard.press("Tab");
  await page.keyboard.type("1240");
  await page.keyboard.press("Tab");
  await page.keyboard.type("123");
  await pressOn(page, page.getByRole("button", { name: "Pay $49.00" }));

  await expectBought(page, course);
  await pressOn(page, page.getByRole("link", { name: "Start learning" }));
  await expect(page.getByRole("heading", { name: course.lessons[0]?.title, level: 1 })).toBeVisible();
  await pressOn(page, page.getByRole("button", { name: "Mark as complete" }));
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
});

test("what is done in the cart is said, and leaves the focus where one goes on", async ({ page, make }) => {
  const [first, second] = [await make.course(), await make.course({ price: 2900 })];
  const { code } = await make.coupon();
  await fillCart(page, first, second);
  const said = (words: string) => expect(page.getByRole("status").filter({ hasText: words })).toHaveCount(1);
  const removal = (course: typeof first) =>
    cartLine(page, course).getByRole("button", { name: `Remove ${course.title}` });

  await pressOn(page, removal(first));
  await expect(page.getByRole("button", { name: `Undo removing ${first.title}` })).toBeFocused();
  await said(`${first.title} removed. Total $29.00.`);
  await page.keyboard.press("Enter");
  await expect(removal(first)).toBeFocused();
  await said(`${first.title} put back. Total $78.00.`);
  await pressOn(page, cartLine(page, second).getByRole("button", { name: "Save for later" }));
  await expect(page.getByRole("button", { name: `Undo saving ${second.title}` })).toBeFocused();
  await said(`${second.title} saved for later. Total $49.00.`);

  const opener = page.locator("summary", { hasText: "Have a coupon?" });
  await pressOn(page, opener);
  const field = page.getByRole("textbox", { name: "Coupon code" });
  await tabTo(page, field);
  const unknown = `NONE${word()}`;
  await page.keyboard.type(unknown);
  await page.keyboard.press("Enter");
  await said("We do not know this code.");
  await expect(field).toBeFocused();
  await pressOn(page, summary(page).getByRole("button", { name: "Apply" }));
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(unknown);

  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await expect(summary(page).getByRole("form", { name: `Coupon ${code}` })).toBeFocused();
  await said(`Code ${code} applied.`);
  await pressOn(page, summary(page).getByRole("button", { name: `Remove coupon ${code}` }));
  await expect(opener).toBeFocused();
  await said(`Code ${code} removed.`);
});

test("settings are kept with the keyboard alone: a name, a menu that gives the focus back, every section, a session", async ({
  page,
  shop,
  learner,
  signInAs,
  openBrowser,
}) => {
  await signIn(await openBrowser(), shop.url, learner);
  await signInAs(learner);
  await page.goto("/account/settings");
  const menu = readerMenu(page, learner);
  await pressOn(page, menu);
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
  await expect(menu).toBeFocused();

  await tabTo(page, page.getByRole("textbox", { name: "Your name" }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Renamed by Key");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Your profile is saved" })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Save the choice" }));

  await page.reload();
  await expect(page.getByRole("textbox", { name: "Your name" })).toHaveValue("Renamed by Key");
  const section = (name: string) => page.getByRole("region", { name, exact: true });
  await pressOn(page, page.getByRole("link", { name: "Sign-in and safety" }));
  await tabTo(page, section("E-mail address").getByRole("textbox", { name: "New e-mail address" }));
  await tabTo(page, section("Password").getByLabel("Current password", { exact: true }));
  await tabTo(page, page.getByRole("link", { name: "Set up two-step sign-in" }));
  const sessions = section("Signed-in devices");
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await pressOn(page, sessions.getByRole("button", { name: /^End the session of/ }));
  await expect(sessions.getByRole("listitem")).toHaveCount(1);

  await page.reload();
  await pressOn(page, page.getByRole("link", { name: "Your data" }));
  await tabTo(page, section("A copy of your data").getByRole("button", { name: "Ask for a copy" }));
  const remove = section("Delete the account");
  await tabTo(page, remove.getByRole("checkbox"));
  await page.keyboard.press("Space");
  await expect(remove.getByRole("checkbox")).toBeChecked();
  await tabTo(page, remove.getByRole("button", { name: "Delete my account" }));
});
