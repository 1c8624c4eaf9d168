import { word } from "./fixtures/factories";
import { waitForMail } from "./fixtures/mailbox";
import { CARDS, payByCard } from "./fixtures/payment-page";
import { checkOut, expectBought, fillCart } from "./fixtures/shop-pages";
import { signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(180_000);

const newCode = () => `E${word().toUpperCase()}`;

test("a code is explained as it is typed, made, overtaken by a colleague, and switched off", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  await make.course({ price: 10_000 });
  await signInAs(await make.admin());
  const code = newCode();
  await page.goto("/admin/coupons");
  await page.getByRole("link", { name: "New code" }).click();
  await page.getByRole("textbox", { name: "Code", exact: true }).fill(code.toLowerCase());
  await page.getByRole("textbox", { name: "Percentage off" }).fill("101");
  await page.getByRole("button", { name: "Make the code" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "whole percentage from 1 to 100" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Code", exact: true })).toHaveValue(code.toLowerCase());
  await page.getByRole("textbox", { name: "Percentage off" }).fill("20");
  const explanation = page.getByRole("region", { name: "What it does" });
  await expect(explanation).toContainText("20% off all courses.");
  await expect(explanation).toContainText("To pay");
  await expectSoundPage(page, "a new code", isMobile);
  await page.getByRole("button", { name: "Make the code" }).click();
  await expect(page.getByRole("heading", { name: code, level: 1 })).toBeVisible();
  await expectSoundPage(page, "one code", isMobile);

  const colleague = await openBrowser();
  await signIn(colleague, shop.url, await make.admin());
  const other = await colleague.newPage();
  await other.goto(`${shop.url}/admin/coupons/${code}`);
  await other.getByRole("textbox", { name: "Percentage off" }).fill("25");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText(`${code} is saved.`)).toBeVisible();

  await page.getByRole("textbox", { name: "Percentage off" }).fill("30");
  await page.getByRole("button", { name: "Save" }).click();
  const conflict = page.getByRole("alert").filter({ hasText: "Somebody else has changed this code" });
  await expect(conflict).toContainText("25% off all courses.");
  await expect(page.getByRole("textbox", { name: "Percentage off" })).toHaveValue("30");
  await page.getByRole("button", { name: "Keep mine, to save it over theirs" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`${code} is saved.`)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Percentage off" })).toHaveValue("30");
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
  await expect(conflict, "one's own switch is no conflict").toBeHidden();
  await page.getByRole("textbox", { name: "Percentage off" }).fill("35");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`${code} is saved.`)).toBeVisible();
  await page.goto(`/admin/coupons?q=${code}`);
  await expect(page.getByRole("row").filter({ hasText: code })).toContainText("Off");
  await expectSoundPage(page, "codes, found", isMobile);
});

test("a code is duplicated with its terms", async ({ page, make, signInAs, isMobile }) => {
  const model = await make.coupon({ discountValue: 35, description: "For the fair", maxUses: 40 });
  await signInAs(await make.admin());
  await page.goto(`/admin/coupons/${model.code}`);
  await page.getByRole("link", { name: "Duplicate" }).click();
  await expect(page).toHaveURL(`/admin/coupons/new?from=${model.code}`);
  await expect(page.getByRole("heading", { name: `New code like ${model.code}`, level: 1 })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Code", exact: true })).toHaveValue("");
  await expect(page.getByRole("textbox", { name: "Percentage off" })).toHaveValue("35");
  await expectSoundPage(page, "a code like another", isMobile);
  const copy = newCode();
  await page.getByRole("textbox", { name: "Code", exact: true }).fill(copy);
  await page.getByRole("button", { name: "Make the code" }).click();
  await expect(page.getByRole("heading", { name: copy, level: 1 })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Percentage off" })).toHaveValue("35");
  await expect(page.getByRole("textbox", { name: "What it is for" })).toHaveValue("For the fair");
  await expect(page.getByRole("textbox", { name: "Uses in all" })).toHaveValue("40");
});

test("codes to give away one by one come as a file", async ({ page, make, signInAs, isMobile }) => {
  await signInAs(await make.admin());
  await page.goto("/admin/coupons/batches/new");
  const purpose = `Fair ${word()}`;
  await page.getByRole("textbox", { name: "How many codes" }).fill("12");
  await page.getByRole("textbox", { name: "They begin with" }).fill("fair");
  await page.getByRole("textbox", { name: "What it is for" }).fill(purpose);
  await page.getByRole("textbox", { name: "Percentage off" }).fill("50");
  await page.getByRole("button", { name: "Make the codes" }).click();
  await expect(page.getByRole("heading", { name: purpose, level: 1 })).toBeVisible();
  await expectSoundPage(page, "a batch", isMobile);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  const parts: string[] = [];
  for await (const part of await download.createReadStream()) parts.push(String(part));
  const lines = parts.join("").trimEnd().split("\r\n");
  expect(lines).toHaveLength(13);
  expect(lines[1]).toMatch(/^FAIR-[0-9A-Z]{10},/);
  await page.getByRole("button", { name: "Switch all off" }).click();
  await expect(page.getByText("12 switched off")).toBeVisible();
});

test("a seat is given, used, extended and taken away", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const [learner, course] = [await make.learner(), await make.course({ price: 4_900 })];
  const reader = await openBrowser();
  await signIn(reader, shop.url, learner);
  const lesson = `${shop.url}/learn/${course.slug}/${course.lessons[2]?.slug}`;
  const mayRead = async () =>
    (await (await reader.request.get(lesson)).text()).includes(course.lessons[2]?.marker ?? "?");
  expect(await mayRead()).toBe(false);

  await signInAs(await make.admin());
  await page.goto("/admin/enrollments");
  await expectSoundPage(page, "enrollments", isMobile);
  await page.getByRole("link", { name: "Give a seat" }).click();
  await page.getByRole("textbox", { name: "E-mail address of the learner" }).fill(learner.email);
  await page.getByRole("button", { name: "Give the seat" }).click();
  const problems = page.getByRole("alert").filter({ hasText: "Nobody got a seat" });
  await expect(problems).toContainText("Choose a course.");
  await page.getByRole("combobox", { name: "Course" }).selectOption(course.slug);
  await page.getByLabel("Last day").fill("2099-01-31");
  await expectSoundPage(page, "giving a seat", isMobile);
  await page.getByRole("button", { name: "Give the seat" }).click();
  await expect(page.getByRole("heading", { name: course.title, level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: "Seat", exact: true })).toContainText("31 January 2099");
  expect(await mayRead()).toBe(true);
  await waitForMail(shop.mailUrl, learner.email, /./);
  await expectSoundPage(page, "one enrollment", isMobile);

  await page.getByRole("button", { name: "Extend" }).click();
  const extend = page.getByRole("dialog", { name: "Let this seat last longer" });
  await extend.getByLabel("New last day").fill("2098-01-01");
  await extend.getByRole("button", { name: "Extend" }).click();
  await expect(extend.getByRole("alert")).toContainText("Choose a day after");
  await extend.getByLabel("New last day").fill("2099-12-31");
  await extend.getByRole("button", { name: "Extend" }).click();
  await expect(extend).toBeHidden();

  await make.certificate(learner, course);
  await page.reload();
  await page.getByRole("button", { name: "Withdraw certificate" }).click();
  const withdraw = page.getByRole("dialog", { name: "Withdraw this certificate" });
  await withdraw.getByRole("textbox", { name: "Reason" }).fill("Somebody else did it");
  await expectSoundPage(page, "withdrawing a certificate", isMobile);
  await withdraw.getByRole("button", { name: "Withdraw it" }).click();
  await expect(withdraw).toBeHidden();
  await expect(page.getByText("Withdrew the certificate: Somebody else did it")).toBeVisible();
  await expect(page.getByRole("button", { name: "Withdraw certificate" })).toHaveCount(0);

  await page.getByRole("button", { name: "Take away" }).click();
  const dialog = page.getByRole("dialog", { name: "Take this seat away" });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Shared the account");
  await expectSoundPage(page, "taking a seat away", isMobile);
  await dialog.getByRole("button", { name: "Take it away" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Took a seat away: Shared the account")).toBeVisible();
  expect(await mayRead()).toBe(false);
});

test("seats from a list are tried, then given, with an answer for each row", async ({
  page,
  make,
  signInAs,
  isMobile,
}) => {
  const [learner, course] = [await make.learner(), await make.course({ price: 4_900 })];
  const latecomer = await make.learner();
  await signInAs(await make.admin());
  await page.goto("/admin/enrollments/import");
  const rows = `email,course\n${learner.email},${course.slug}\nnobody-${word()}@example.test,${course.slug}`;
  await page.getByRole("textbox", { name: "Rows" }).fill(rows);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("1 of 2 rows would give a seat")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "nobody-" })).toContainText("Nobody has an account");
  await expectSoundPage(page, "a list, tried", isMobile);
  // A list that was edited is another list: it is tried again before it gives anything.
  const longer = `${rows}\n${latecomer.email},${course.slug}`;
  await page.getByRole("textbox", { name: "Rows" }).fill(longer);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("2 of 3 rows would give a seat")).toBeVisible();
  await expect(page.getByText("Nothing was given yet.")).toBeVisible();
  await page.getByRole("textbox", { name: "Rows" }).fill(rows);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("1 of 2 rows would give a seat")).toBeVisible();
  await page.getByRole("button", { name: "Give 1 seat" }).click();
  await expect(page.getByText("1 of 2 rows gave a seat")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Rows" })).toHaveValue(rows);
  await page.goto(`/admin/enrollments?q=${encodeURIComponent(latecomer.email)}`);
  await expect(page.getByRole("row").filter({ hasText: latecomer.email })).toHaveCount(0);
  await page.goto(`/admin/enrollments?q=${encodeURIComponent(learner.email)}`);
  await expect(page.getByRole("row").filter({ hasText: learner.email })).toHaveCount(1);
});

test("somebody is found, signed out, promoted, and blocked", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const learner = await make.learner();
  const theirs = await openBrowser();
  await signIn(theirs, shop.url, learner);
  const isSignedIn = async () =>
    (await theirs.request.get(`${shop.url}/account`, { maxRedirects: 0 })).status() === 200;
  expect(await isSignedIn()).toBe(true);
  const admin = await make.admin();
  await signInAs(admin);
  await page.goto("/admin/users");
  await page.getByRole("searchbox", { name: "Search" }).fill(learner.email);
  await page.getByRole("button", { name: "Filter" }).click();
  await expectSoundPage(page, "users, found", isMobile);
  await page.getByRole("link", { name: learner.name }).click();
  await expect(page.getByRole("heading", { name: learner.name, level: 1 })).toBeVisible();
  await expectSoundPage(page, "one user", isMobile);
  await page.getByRole("button", { name: "End all sessions" }).click();
  await expect(page.getByText("Signed in nowhere.")).toBeVisible();
  expect(await isSignedIn()).toBe(false);

  await page.getByRole("button", { name: "Change role" }).click();
  const role = page.getByRole("dialog", { name: "Change the role" });
  await role.getByRole("combobox", { name: "Role" }).selectOption("support");
  await role.getByLabel("Your password", { exact: true }).fill("not-the-password");
  await role.getByRole("button", { name: "Change the role" }).click();
  await expect(role.getByRole("alert")).toContainText("not your password");
  await expect(role.getByRole("combobox", { name: "Role" })).toHaveValue("support");
  await role.getByLabel("Your password", { exact: true }).fill(admin.password);
  await role.getByRole("button", { name: "Change the role" }).click();
  await expect(role).toBeHidden();
  await expect(page.getByText("Changed a role: learner → support")).toBeVisible();

  await page.getByRole("button", { name: "Block" }).click();
  const block = page.getByRole("dialog", { name: "Block this account" });
  await block.getByRole("textbox", { name: "Reason" }).fill("Left the shop");
  await expectSoundPage(page, "blocking", isMobile);
  await block.getByRole("button", { name: "Block" }).click();
  await expect(block).toBeHidden();
  const refused = await theirs.newPage();
  await refused.goto(`${shop.url}/sign-in`);
  await refused.getByRole("textbox", { name: "E-mail address" }).fill(learner.email);
  await refused.getByLabel("Password", { exact: true }).fill(learner.password);
  await refused.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(refused.getByRole("alert").filter({ hasText: "This account is blocked" })).toBeVisible();
  await page.getByRole("button", { name: "Let in again" }).click();
  await expect(page.getByRole("button", { name: "Block" })).toBeVisible();
});

test("a payment is followed from its event to the books and the numbers", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  // The dearest of all: among the courses that sold most, whatever the other tests have bought by now.
  const [learner, course] = [await make.learner(), await make.course({ price: 990_000 })];
  const buyer = await openBrowser();
  await signIn(buyer, shop.url, learner);
  const till = await buyer.newPage();
  await fillCart(till, course);
  await checkOut(till, "$9,900.00");
  await till.waitForURL(/cs_/);
  const [session = ""] = /cs_\w+/.exec(till.url()) ?? [];
  await payByCard(till, CARDS.pays);
  const number = await expectBought(till, course);

  await signInAs(await make.admin());
  await page.goto("/admin/payments/events?q=checkout.session.completed");
  await expectSoundPage(page, "events", isMobile);
  await page.goto(`/admin/payments/events?q=${session}`);
  await page.getByRole("link", { name: "checkout.session.completed" }).click();
  await expect(page.getByRole("region", { name: "The event, masked" })).toContainText("payment_status");
  await expect(page.locator("main")).not.toContainText(learner.email);
  await expectSoundPage(page, "one event", isMobile);

  await page.goto("/admin/payments/comparisons?all=yes");
  await page.getByRole("button", { name: "Compare the last 2 hours" }).click();
  await expect(page.getByText("The books are compared.")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("row").filter({ hasText: "In line" }).first()).toBeVisible();
  await expectSoundPage(page, "comparisons", isMobile);
  for (const [path, name] of [
    ["/admin/payments", "what is to settle"],
    ["/admin/payments/disputes?all=yes", "disputes"],
    ["/admin", "the overview"],
  ] as const) {
    await page.goto(path);
    await expectSoundPage(page, name, isMobile);
  }

  await page.goto(`/admin/orders/${number}`);
  const pdf = await page.request.get(
    (await page.getByRole("link", { name: /^Invoice/ }).getAttribute("href")) ?? "",
  );
  expect(pdf.headers()["content-type"]).toBe("application/pdf");

  await page.goto("/admin/analytics?preset=7-days");
  await expect(page.getByRole("img", { name: /^Net revenue over time/ })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: course.title })).toContainText("$9,900.00");
  await expectSoundPage(page, "analytics", isMobile);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^Export CSV ?: sales by course$/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^sales-by-course-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
});

test.describe("in Tokyo", () => {
  test.use({ timezoneId: "Asia/Tokyo" });

  test("whoever comes straight to the numbers has them by their own days", async ({
    page,
    make,
    signInAs,
  }) => {
    await signInAs(await make.admin());
    await page.goto("/admin/analytics");
    await expect(page.getByText("Days begin at midnight in Asia/Tokyo.")).toBeVisible();
  });
});
