import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { readPdf } from "../tests/support/read-pdf";
import type { TestCourse } from "./fixtures/factories";
import { waitForMail } from "./fixtures/mailbox";
import { CARDS, payByCard } from "./fixtures/payment-page";
import { checkOut, expectBought, fillCart } from "./fixtures/shop-pages";
import { signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(240_000);

test.beforeEach(async ({ page, isMobile }) => {
  if (isMobile) await page.setViewportSize({ width: 360, height: 740 });
});

/** What the browser would put on paper: the order, and nothing that only a screen needs. */
async function expectPrintable(page: Page, words: readonly string[]): Promise<void> {
  await page.emulateMedia({ media: "print" });
  for (const role of ["navigation", "button", "contentinfo", "search"] as const)
    await expect(page.getByRole(role), `no ${role} on paper`).toHaveCount(0);
  for (const name of ["Start learning", "Ask for a refund", "All orders", "Skip to content"])
    await expect(page.getByRole("link", { name }), `no ${name} on paper`).toHaveCount(0);
  for (const part of words) await expect(page.getByRole("main").getByText(part).first()).toBeVisible();
  await page.emulateMedia({ media: "screen" });
}

/** The words of a PDF behind a link of the page. */
async function readLinkedPdf(page: Page, link: RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("region", { name: "Documents" }).getByRole("link", { name: link }).click(),
  ]);
  return (await readPdf(await readFile(await download.path()))).text;
}

/** Opens the order's confirmation where somebody who tries the shop out reads it: in the inbox of the mail sandbox. */
async function readInInbox(page: Page, mailUrl: string, address: string, number: string): Promise<void> {
  await page.goto(mailUrl);
  await page.getByRole("textbox", { name: "Recipient" }).fill(address);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: new RegExp(`Your order ${number}`) }).click();
  const message = page.frameLocator('iframe[title="The message as the recipient sees it"]');
  await expect(message.getByText(number).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Plain text" })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /INV-\d{4}-\d{4,}\.pdf$/ }).click(),
  ]);
  expect((await readPdf(await readFile(await download.path()))).text).toContain(number);
}

test("bought: mails and the invoice; asked back: a request, its approval, the refund and its credit note", async ({
  page,
  make,
  shop,
  learner,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  await signInAs(learner);
  const [kept, returned] = [await make.course({ price: 4900 }), await make.course({ price: 5900 })];
  await fillCart(page, kept, returned);
  await checkOut(page, "$108.00");
  await payByCard(page, CARDS.pays);
  const number = await expectBought(page, kept, returned);

  const confirmation = await waitForMail(shop.mailUrl, learner.email, new RegExp(`^Your order ${number}`));
  const attached = confirmation.attachments.find(({ filename }) => filename.endsWith(".pdf"));
  const invoice = await readPdf(Buffer.from(attached?.content ?? "", "base64"));
  expect(invoice.text).toContain(number);
  const welcome = await waitForMail(shop.mailUrl, learner.email, /^You are enrolled/);
  expect(welcome.text).toContain(kept.lessons[0]?.title);
  expect(welcome.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  const receipt = await waitForMail(shop.mailUrl, learner.email, /^Receipt: \$108\.00/);
  expect(receipt.text).toContain("Visa ending 4242");

  await page.goto(`/account/orders/${number}`);
  const downloaded = await readLinkedPdf(page, /^Invoice/);
  for (const part of [kept.title, returned.title, "$108.00", number]) expect(downloaded).toContain(part);
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Invoice issued");
  await expectSoundPage(page, "a paid order", isMobile);
  await expectPrintable(page, [
    "Lectern",
    number,
    kept.title,
    returned.title,
    "$59.00",
    "$108.00",
    learner.email,
    "Visa",
  ]);

  await page.getByRole("link", { name: "Ask for a refund" }).click();
  await expect(page.getByRole("heading", { name: "Ask for a refund", level: 1 })).toBeVisible();
  await page.getByRole("checkbox", { name: returned.title }).uncheck();
  await page.getByRole("checkbox", { name: kept.title }).uncheck();
  await page.getByRole("button", { name: "Ask for the refund" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was asked for yet" })).toContainText(
    "Choose at least one course.",
  );
  await page.getByRole("checkbox", { name: returned.title }).check();
  await expect(page.getByText("We send $59.00 back")).toBeVisible();
  await page.getByRole("radio", { name: "It is not what I expected" }).check();
  await page.getByRole("textbox", { name: /Anything we should know/ }).fill("Too <b>easy</b> for me.");
  await expectSoundPage(page, "asking for a refund", isMobile);
  await page.getByRole("button", { name: "Ask for the refund" }).click();
  await expect(page.getByText("You asked for a refund.")).toBeVisible();
  await expect(page.getByText("Too <b>easy</b> for me.")).toBeVisible();
  await expectSoundPage(page, "an order with a request", isMobile);
  await waitForMail(shop.mailUrl, learner.email, /^You asked for a refund of order/);

  const desk = await (await openBrowser()).newPage();
  await signIn(desk.context(), shop.url, await make.admin());
  await desk.goto("/admin");
  await desk.getByRole("link", { name: /^Look at/ }).click();
  await desk.getByRole("link", { name: number }).click();
  await expect(desk.getByText("Too <b>easy</b> for me.")).toBeVisible();
  await expectSoundPage(desk, "a request to decide", isMobile);
  await desk.getByRole("button", { name: "Approve and refund $59.00" }).click();
  await expect(desk.getByText("Refund of $59.00: sent.")).toBeVisible();
  await desk.goto("/admin/refund-requests?state=approved");
  await expect(desk.getByRole("row").filter({ hasText: number })).toHaveCount(1);
  await expectSoundPage(desk, "the queue of requests", isMobile);

  await waitForMail(shop.mailUrl, learner.email, /^Your refund of \$59\.00/);
  await page.reload();
  await expect(page.getByText("Your refund request was approved: $59.00 was sent back.")).toBeVisible();
  const credit = await readLinkedPdf(page, /^Credit note/);
  for (const part of [returned.title, "$59.00", number]) expect(credit).toContain(part);
  expect(credit).not.toContain(kept.title);
  const timeline = page.getByRole("region", { name: "Timeline" });
  for (const words of ["Asked for $59.00 back", "Refund request approved", "Credit note issued"])
    await expect(timeline).toContainText(words);

  await page.goto("/account/billing");
  const payment = page.getByRole("row").filter({ hasText: number }).filter({ hasText: "Visa" });
  for (const words of ["$108.00", "−$59.00"]) await expect(payment).toContainText(words);
  await expect(payment.getByRole("link", { name: `Receipt for ${number}` })).toHaveAttribute("href", /^http/);
  await expectSoundPage(page, "billing after a refund", isMobile);
  await readInInbox(page, shop.mailUrl, learner.email, number);

  await page.goto(`${shop.url}/account/orders`);
  await page.getByRole("searchbox", { name: "Search" }).fill(returned.title);
  await page.getByRole("combobox", { name: "Status" }).selectOption("Refunded, all or part");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/status=refunded/);
  await expect(page.getByRole("link", { name: number, exact: true })).toBeVisible();
  await page.getByRole("combobox", { name: "Status" }).selectOption("Not paid yet");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByRole("heading", { name: "No order matches" })).toBeVisible();
});

test("an invoice is billed anew to a company, and the year's documents are one file", async ({
  page,
  make,
  learner,
  signInAs,
  isMobile,
}) => {
  await signInAs(learner);
  const course = await make.course();
  const buy = async (wanted: TestCourse) => {
    await fillCart(page, wanted);
    await checkOut(page, "$49.00");
    await payByCard(page, CARDS.pays);
    return expectBought(page, wanted);
  };
  const number = await buy(course);
  // The latest order stands first in the choice, and is not the one to correct.
  await buy(await make.course());
  await page.goto("/account/billing");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(learner.name);
  await page.getByRole("textbox", { name: "Company (optional)" }).fill("Жуков и партнёры");
  await page.getByRole("textbox", { name: "Street and number" }).fill("1 Bridge Road");
  await page.getByRole("textbox", { name: "Town" }).fill("Köln");
  await page.getByRole("combobox", { name: "Country" }).selectOption("DE");
  const vatId = page.getByRole("textbox", { name: "VAT id (optional)" });
  await vatId.fill("1234");
  await page.getByRole("button", { name: "Save billing details" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Write a VAT id" })).toBeFocused();
  await expect(vatId).toHaveValue("1234");
  await expect(page.getByRole("combobox", { name: "Country" })).toHaveValue("DE");
  await vatId.fill("de 123 456 789");
  await page.getByRole("button", { name: "Save billing details" }).click();
  await expect(page.getByText("Saved. Your next invoices are billed to this.")).toBeVisible();
  const chosen = page.getByRole("combobox", { name: "Order", exact: true });
  await chosen.selectOption(number);
  await page.getByRole("button", { name: "Replace its invoice" }).click();
  await expect(page.getByText("Done: the new invoice and the credit note are listed above.")).toBeVisible();
  await expect(chosen).toHaveValue(number);
  await page.getByRole("button", { name: "Replace its invoice" }).click();
  await expect(page.getByText("That invoice says this already")).toBeVisible();
  await expect(chosen).toHaveValue(number);
  await expectSoundPage(page, "billing", isMobile);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^All of \d{4} as ZIP/ }).click(),
  ]);
  const files = unzipSync(new Uint8Array(await readFile(await download.path())));
  const texts = await Promise.all(Object.values(files).map(async (file) => (await readPdf(file)).text));
  // Two invoices, the credit note of the first, and the invoice that replaces it.
  expect(texts).toHaveLength(4);
  const billed = texts.filter((text) => text.includes("Жуков и партнёры") && text.includes("DE123456789"));
  expect(billed).toHaveLength(1);
  expect(billed[0]).toContain("Replaces invoice");
  await page.goto(`/account/orders/${number}`);
  await expect(page.getByRole("region", { name: "Documents" })).toContainText("Invoice, replaced");
});

test("a request is taken back, asked anew and declined; the reader ends the mails one can do without", async ({
  page,
  make,
  shop,
  learner,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  await signInAs(learner);
  const course = await make.course();
  await fillCart(page, course);
  await checkOut(page, "$49.00");
  await payByCard(page, CARDS.pays);
  const number = await expectBought(page, course);
  const ask = async () => {
    await page.goto(`/account/orders/${number}/refund`);
    // Within fourteen days no reason has to be given.
    await page.getByRole("button", { name: "Ask for the refund" }).click();
    await expect(page.getByText("You asked for a refund.")).toBeVisible();
  };
  await ask();
  await page.getByRole("button", { name: "Take the request back" }).click();
  await expect(page.getByText("You asked for a refund.")).toBeHidden();
  await ask();

  const desk = await (await openBrowser()).newPage();
  await signIn(desk.context(), shop.url, await make.admin());
  await desk.goto("/admin/refund-requests");
  await desk.getByRole("link", { name: number }).click();
  await desk.getByRole("button", { name: "Decline the request" }).click();
  await expect(desk.getByText("Write the reason first; the learner reads it.")).toBeVisible();
  await desk.getByRole("textbox", { name: /reads$/ }).fill("You have read all of it.");
  await desk.getByRole("button", { name: "Decline the request" }).click();
  await expect(desk.getByRole("heading", { name: "Declined" })).toBeVisible();
  const declined = await waitForMail(shop.mailUrl, learner.email, /^Your refund request for order/);
  expect(declined.text).toContain("You have read all of it.");
  await page.reload();
  await expect(page.getByText("You have read all of it.")).toBeVisible();

  const welcome = await waitForMail(shop.mailUrl, learner.email, /^You are enrolled/);
  const leave = /<(http[^>\s]+\/unsubscribe\/[^>\s]+)>/.exec(welcome.text)?.[1] ?? "";
  await page.goto(leave);
  await expectSoundPage(page, "no more mails", isMobile);
  await page.getByRole("button", { name: "Send me no more of them" }).click();
  await expect(page.getByText("Done: no more mails about your courses")).toBeVisible();
  await page.goto("/account/settings");
  await expect(page.getByRole("checkbox", { name: /^My courses/ })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^My certificates/ })).toBeChecked();
});

test("a lesson on paper is its text and code: no header, outline, notes or buttons", async ({
  page,
  joinCourse,
}) => {
  const course = await joinCourse();
  const [, lesson] = course.lessons;
  await page.goto(`/learn/${course.slug}/${lesson?.slug}`);
  await page.getByRole("textbox", { name: "Your notes" }).fill("Mine alone.");
  await page.emulateMedia({ media: "print" });
  for (const role of ["banner", "navigation", "complementary", "textbox", "button", "progressbar"] as const)
    await expect(page.getByRole(role), `no ${role} on paper`).toHaveCount(0);
  await expect(page.getByText("Your notes")).toBeHidden();
  await expect(page.getByText("Chapter 1, lesson 2 of 3")).toBeHidden();
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { name: lesson?.title, level: 1 })).toBeVisible();
  for (const words of [lesson?.marker ?? "", "print(1 + 1)"]) await expect(main).toContainText(words);
  await expect(main.locator("pre")).toBeVisible();
});
