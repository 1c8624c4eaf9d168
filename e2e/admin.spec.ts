import type { BrowserContext, Page } from "@playwright/test";
import type { Factories, Learner, TestCourse } from "./fixtures/factories";
import { waitForMail } from "./fixtures/mailbox";
import { CARDS, payByCard } from "./fixtures/payment-page";
import { checkOut, enterCoupon, expectBought, fillCart } from "./fixtures/shop-pages";
import { signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(180_000);

test.beforeEach(async ({ page, isMobile }) => {
  if (isMobile) await page.setViewportSize({ width: 360, height: 740 });
});

type Bought = { readonly learner: Learner; readonly courses: readonly TestCourse[]; readonly number: string };

/** Two courses, bought in a browser of their own. */
async function buyTwo(context: BrowserContext, origin: string, make: Factories): Promise<Bought> {
  const learner = await make.learner();
  const courses = [await make.course({ price: 4900 }), await make.course({ price: 5900 })];
  await signIn(context, origin, learner);
  const page = await context.newPage();
  await fillCart(page, ...courses);
  await checkOut(page, "$108.00");
  await payByCard(page, CARDS.pays);
  return { learner, courses, number: await expectBought(page, ...courses) };
}

const refundDialog = (page: Page) => page.getByRole("dialog", { name: "Refund this order" });

/** A refused refund leaves the dialog as it was filled in. */
async function expectKeptChoices(page: Page): Promise<void> {
  const dialog = refundDialog(page);
  const reason = dialog.getByRole("combobox", { name: "Reason" });
  await dialog.getByRole("radio", { name: "An amount" }).check();
  await dialog.getByRole("textbox", { name: "Amount in USD" }).fill("105");
  await reason.selectOption("Paid twice");
  await dialog.getByLabel("Your password", { exact: true }).fill("not-the-password");
  await dialog.getByRole("button", { name: "Refund $105.00" }).click();
  await expect(dialog.getByRole("alert")).toContainText("This is not your password.");
  await expect(dialog.getByRole("radio", { name: "An amount" })).toBeChecked();
  await expect(dialog.getByRole("textbox", { name: "Amount in USD" })).toHaveValue("105");
  await expect(reason).toHaveValue("duplicate");
  await reason.selectOption("The customer asked for it");
}

test("an order is found, looked at, and given back in part and then whole", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const buyer = await openBrowser();
  const { learner, courses, number } = await buyTwo(buyer, shop.url, make);
  const second = courses[1];
  const admin = await make.admin();
  await signInAs(admin);

  await page.goto("/admin");
  await expect(page.getByRole("heading", { name: "Needs attention" })).toBeVisible();
  await expect(page.getByText("Net revenue, incl. tax", { exact: true })).toBeVisible();
  if (isMobile) await page.getByText("Admin: Overview").click();
  await page.getByRole("navigation", { name: "Admin" }).getByRole("link", { name: "Orders" }).click();
  await expect(page.getByRole("heading", { name: "Orders", level: 1 })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search" }).fill(learner.email);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByRole("row").filter({ hasText: learner.email })).toHaveCount(1);
  await expectSoundPage(page, "orders, found", isMobile);
  await page.getByRole("link", { name: number }).click();
  await expect(page.getByRole("heading", { name: number, level: 1 })).toBeVisible();
  await expectSoundPage(page, "one order", isMobile);
  const payment = await make.paymentOf(number);
  for (const [name, address] of [
    ["The payment at Stripe", `/dashboard/payments/${payment}`],
    ["The customer at Stripe", /\/dashboard\/customers\/cus_\w+$/],
  ] as const) {
    const link = page.getByRole("link", { name });
    await expect(link).toHaveAttribute(
      "href",
      typeof address === "string" ? shop.stripeUrl + address : address,
    );
    expect((await page.request.get((await link.getAttribute("href")) ?? "")).status(), name).toBe(200);
  }

  await page.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(refundDialog(page).getByRole("button", { name: "Refund $108.00" })).toBeEnabled();
  await expect(refundDialog(page).getByLabel("Your password", { exact: true })).toBeVisible();
  await expectKeptChoices(page);
  await refundDialog(page).getByRole("radio", { name: "Some courses" }).check();
  await refundDialog(page)
    .getByRole("checkbox", { name: second?.title ?? "" })
    .check();
  await expect(refundDialog(page).getByText(`Access to ${second?.title} ends`)).toBeVisible();
  await expect(refundDialog(page).getByLabel("Your password", { exact: true })).toBeHidden();
  await expectSoundPage(page, "the refund dialog", isMobile);
  await refundDialog(page).getByRole("button", { name: "Refund $59.00" }).click();
  await expect(refundDialog(page)).toBeHidden();
  await expect(page.getByText(/^Part refunded \$59\.00$/)).toBeVisible();
  await waitForMail(shop.mailUrl, learner.email, /refund/i);
  const lesson = await buyer.request.get(`${shop.url}/learn/${second?.slug}/${second?.lessons[2]?.slug}`);
  expect(await lesson.text(), "the sold text is gone").not.toContain(second?.lessons[2]?.marker);

  await page.getByRole("button", { name: "Refund", exact: true }).click();
  await refundDialog(page).getByRole("radio", { name: "An amount" }).check();
  await refundDialog(page).getByRole("textbox", { name: "Amount in USD" }).fill("50");
  await expect(refundDialog(page).getByText("At most $49.00 of this payment")).toBeVisible();
  await expect(refundDialog(page).getByRole("button", { name: "Refund", exact: true })).toBeDisabled();
  await refundDialog(page).getByRole("radio", { name: "All that is left, $49.00" }).check();
  await refundDialog(page).getByRole("button", { name: "Refund $49.00" }).click();
  await expect(refundDialog(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Refund", exact: true })).toBeHidden();

  await page.goto("/admin/audit");
  await page.getByRole("searchbox", { name: "Search" }).fill(number);
  await page.getByRole("button", { name: "Filter" }).click();
  const refunds = page.getByRole("row").filter({ hasText: "Asked for a refund" });
  await expect(refunds).toHaveCount(2);
  await expect(refunds.first()).toContainText("Amount: $49.00");
  await expect(refunds.first()).toContainText("Reason: The customer asked");
  await expect(refunds.first().getByRole("link", { name: number })).toHaveAttribute(
    "href",
    `/admin/orders/${number}`,
  );
  await page.getByLabel("To", { exact: true }).fill("2020-12-31");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByRole("heading", { name: "No change matches" })).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("");
  await page.getByRole("button", { name: "Filter" }).click();
  await refunds.first().getByRole("link", { name: admin.name }).click();
  await expect(page.getByRole("combobox", { name: "Who" })).not.toHaveValue("");
  await expect(refunds).toHaveCount(2);
  await expectSoundPage(page, "the audit log", isMobile);
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The log is intact" })).toBeVisible();
});

test("a refund says what becomes of the code before it is pressed; a second payment stands beside it", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const [learner, course, { code }] = [await make.learner(), await make.course(), await make.coupon()];
  const buyer = await openBrowser();
  await signIn(buyer, shop.url, learner);
  const till = await buyer.newPage();
  await fillCart(till, course);
  await enterCoupon(till, code);
  await checkOut(till, "$44.10");
  await payByCard(till, CARDS.pays);
  const number = await expectBought(till, course);
  const payment = await make.secondPayment(number, 4410);

  await signInAs(await make.admin());
  await page.goto("/admin/orders?q=ch_3PqXyz0123456789abcdefgh");
  await expect(page.getByRole("heading", { name: "Charges are not kept here" })).toBeVisible();
  await expectSoundPage(page, "orders, searched by a charge", isMobile);
  await page.goto(`/admin/orders?q=${payment}`);
  await page.getByRole("link", { name: number }).click();
  const second = page.getByRole("region", { name: "Second payment" });
  await expect(second).toContainText("$44.10");
  await expect(second.getByText("Sent", { exact: true })).toBeVisible();
  const atStripe = second.getByRole("link", { name: "The second payment at Stripe" });
  await expect(atStripe).toHaveAttribute("href", new RegExp(`/payments/${payment}$`));
  await expectSoundPage(page, "an order that was paid twice", isMobile);

  await page.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(refundDialog(page).getByText(`${learner.name} may use ${code} once more`)).toBeVisible();
  await expect(refundDialog(page).getByRole("button", { name: "Refund $44.10" })).toBeEnabled();
  await expectSoundPage(page, "the refund of an order with a code", isMobile);
  await refundDialog(page).getByRole("radio", { name: "An amount" }).check();
  await refundDialog(page).getByRole("textbox", { name: "Amount in USD" }).fill("5");
  await expect(refundDialog(page).getByText(`The use of ${code} stays spent`)).toBeVisible();
});

test("support notes, sends a mail again, and moves no money", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
}) => {
  const { learner, number } = await buyTwo(await openBrowser(), shop.url, make);
  await signInAs(await make.support());
  await page.goto("/admin");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.goto(`/admin/orders/${number}`);
  await expect(page.getByRole("button", { name: "Refund", exact: true })).toBeHidden();
  const note = "Asked about <b>the invoice</b>.";
  await page.getByRole("textbox", { name: "New note" }).fill(note);
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: note })).toHaveCount(1);
  await expect(page.getByRole("textbox", { name: "New note" })).toHaveValue("");
  await page.getByRole("button", { name: /^Send again ?: Order confirmation$/ }).click();
  await expect(page.getByText("Order confirmation, sent again")).toBeVisible();
  await waitForMail(shop.mailUrl, learner.email, /ORD-/);
  expect((await page.goto("/admin/audit"))?.status(), "the log is for admins").toBe(404);
  expect((await page.request.get(`/admin/orders/export?q=${number}`)).status()).toBe(404);
  expect((await page.request.get("/admin/documents/export")).status()).toBe(404);
  await page.goto(`/admin/documents?q=${number}`);
  await expect(page.getByRole("row").filter({ hasText: number })).toHaveCount(1);
  await expect(page.getByRole("link", { name: /^Export CSV/ })).toBeHidden();
});

test("the orders of a filter come as a file", async ({ page, make, shop, signInAs, openBrowser }) => {
  const { learner, number } = await buyTwo(await openBrowser(), shop.url, make);
  await signInAs(await make.admin());
  await page.goto(`/admin/orders?q=${encodeURIComponent(learner.email)}`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("orders.csv");
  const lines: string[] = [];
  for await (const chunk of await download.createReadStream()) lines.push(String(chunk));
  const [head, row, ...rest] = lines.join("").trimEnd().split("\r\n");
  expect(head).toMatch(/^\uFEFFOrder,Placed/);
  expect(row).toContain(number);
  expect(row).toContain("108.00");
  expect(rest).toEqual([]);
});

test("invoices and credit notes are found, added up and taken along as a file", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const { learner, number } = await buyTwo(await openBrowser(), shop.url, make);
  await signInAs(await make.admin());
  await page.goto(`/admin/orders/${number}`);
  await page.getByRole("button", { name: "Refund", exact: true }).click();
  await refundDialog(page).getByRole("radio", { name: "An amount" }).check();
  await refundDialog(page).getByRole("textbox", { name: "Amount in USD" }).fill("8");
  await refundDialog(page).getByRole("button", { name: "Refund $8.00" }).click();
  await expect(page.getByRole("link", { name: /^Credit note/ })).toBeVisible({ timeout: 30_000 });

  if (isMobile) await page.getByText("Admin: Orders").click();
  await page.getByRole("navigation", { name: "Admin" }).getByRole("link", { name: "Documents" }).click();
  await expect(page.getByRole("heading", { name: "Documents", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: number }).first()).toBeVisible();
  await expectSoundPage(page, "documents", isMobile);
  await page.getByRole("link", { name: "This month" }).click();
  await expect(page.getByRole("textbox", { name: "From" })).toHaveValue(/-01$/);
  await page.getByRole("searchbox", { name: "Search" }).fill(learner.email);
  await page.getByRole("button", { name: "Filter" }).click();
  const rows = page.getByRole("row").filter({ hasText: number });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(/Credit note of TEST-INV-/);
  await expect(rows.first()).toContainText("−$8.00");
  const sums = page.getByRole("region", { name: "Sums in USD" });
  await expect(sums).toContainText("$100.00");
  await expectSoundPage(page, "documents of a month", isMobile);
  const address = await rows
    .last()
    .getByRole("link", { name: /TEST-INV-/ })
    .getAttribute("href");
  const pdf = await page.request.get(address ?? "");
  expect(pdf.headers()["content-type"]).toBe("application/pdf");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^Export CSV/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^documents-\d{4}-\d\d-01-to-\d{4}-\d\d-\d\d\.csv$/);
  const parts: string[] = [];
  for await (const part of await download.createReadStream()) parts.push(String(part));
  const [head, ...lines] = parts.join("").trimEnd().split("\r\n");
  expect(head).toMatch(/^\uFEFFNumber,Issued on,Kind/);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain(",-8.00,USD,yes");
  await page.goto("/admin/audit?action=documents.exported");
  await expect(page.getByRole("row").filter({ hasText: "Exported documents" }).first()).toBeVisible();

  await page.goto("/admin/documents?from=2026-11-31&to=2026-11-01");
  await expect(page.getByText("Write a day as year, month and day, such as 2026-11-30.")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Export CSV/ })).toBeHidden();
  await page.goto("/admin/documents?from=2026-11-30&to=2026-11-01");
  await expect(page.getByText("The last day is before the first.")).toBeVisible();
  await expectSoundPage(page, "documents of days that are none", isMobile);
  expect((await page.request.get("/admin/documents/export?from=2026-11-31")).status()).toBe(400);
  await page.goto("/admin/documents?q=INV-1999-0001");
  await expect(page.getByRole("heading", { name: "No document matches" })).toBeVisible();
  await page.getByRole("link", { name: "Show all documents" }).click();
  await expect(rows.first()).toBeVisible();
});
