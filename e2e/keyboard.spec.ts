import type { Locator, Page } from "@playwright/test";
import { CARDS } from "./fixtures/payment-page";
import { about, buyBox, expectBought, summary } from "./fixtures/shop-pages";
import { expect, test } from "./fixtures/test";

const ENOUGH = 60;

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
