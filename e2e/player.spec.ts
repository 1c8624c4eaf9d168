import type { Page } from "@playwright/test";
import { closeOffline } from "./fixtures/close-offline";
import { readerMenu, signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test("notes save themselves, two devices lose nothing, and neither does a tab closed without a network", async ({
  page,
  context,
  make,
  learner,
  openBrowser,
  shop,
  joinCourse,
}) => {
  const course = await joinCourse();
  const [address, next] = course.lessons.map(({ slug }) => `/learn/${course.slug}/${slug}`);
  const noteOn = (tab: Page) => tab.getByRole("textbox", { name: "Your notes" });
  const saved = (tab: Page) => tab.getByText("Saved.", { exact: true });
  await page.goto(address ?? "");
  const note = noteOn(page);
  await note.fill("A list is a row of names.");
  await expect(saved(page)).toBeVisible();

  const device = await openBrowser();
  await signIn(device, shop.url, learner);
  const other = await device.newPage();
  await other.goto(shop.url + address);
  await expect(noteOn(other)).toHaveValue("A list is a row of names.");
  await noteOn(other).fill("A list is a row of names.\nFrom the other device.");
  await expect(saved(other)).toBeVisible();
  await note.fill("A list is a row of names.\nFrom this one.");
  await expect(page.getByText("Both texts are kept")).toBeVisible();
  const both = "A list is a row of names.\nFrom the other device.\nFrom this one.";
  await expect(note).toHaveValue(both);
  await expect.poll(() => make.notes(learner)).toEqual([both]);

  // A second tab of this browser shows what is typed in the first; then both close before there is a network again.
  const tab = await context.newPage();
  await tab.goto(address ?? "");
  await expect(noteOn(tab)).toBeEditable();
  await context.setOffline(true);
  const all = `${both}\nFrom the train.`;
  await note.fill(all);
  await expect(page.getByText("Kept in this browser, and saved once")).toBeVisible();
  await expect(noteOn(tab)).toHaveValue(all);
  for (const closed of [tab, page]) await closeOffline(closed);
  await context.setOffline(false);
  expect(await make.notes(learner)).toEqual([both]);
  const later = await context.newPage();
  await later.goto(next ?? "");
  await expect.poll(() => make.notes(learner)).toEqual([all]);
  await later.goto(address ?? "");
  await expect(noteOn(later)).toHaveValue(all);

  await later.getByRole("link", { name: "All notes on this course" }).click();
  await expect(later.getByRole("heading", { name: "Notes", level: 1 })).toBeVisible();
  await expect(later.getByRole("list", { name: `Notes on ${course.title}` })).toContainText(
    "From the train.",
  );
});

test("Continue leads back to the line, and a seat that ends closes the open page", async ({
  page,
  make,
  learner,
  joinCourse,
}) => {
  const course = await joinCourse({ longLessons: true });
  const second = course.lessons[1];
  await page.goto(`/learn/${course.slug}/${second?.slug}`);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
  const scrolled = await page.evaluate(() => scrollY);
  expect(scrolled).toBeGreaterThan(400);
  const kept = page.waitForResponse((response) => response.url().endsWith("/api/learning/pulse"));
  await page.evaluate(() => dispatchEvent(new Event("pageshow")));
  expect(await (await kept).json()).toEqual({ access: "open" });

  await page.goto("/account");
  await page.getByRole("link", { name: `Continue ${course.title}` }).click();
  await expect(page.getByRole("heading", { name: second?.title, level: 1 })).toBeVisible();
  // A place is a share of the page's height, which is not the same at each visit.
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled * 0.7);
  await expect(page).toHaveURL(`/learn/${course.slug}/${second?.slug}`);

  // A page that is fetched anew, as after a tick, knows a later place, and moves nobody.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const keptLater = page.waitForResponse((response) => response.url().endsWith("/api/learning/pulse"));
  await page.evaluate(() => dispatchEvent(new Event("pageshow")));
  expect((await keptLater).ok()).toBe(true);
  await page.evaluate(() => scrollTo(0, 100));
  await page.getByRole("button", { name: "Mark as complete" }).dispatchEvent("click");
  await expect(page.getByText("(completed)")).toBeAttached();
  await page.evaluate(
    () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))),
  );
  expect(await page.evaluate(() => scrollY)).toBeLessThan(scrolled * 0.5);
  await expect(page).toHaveURL(`/learn/${course.slug}/${second?.slug}`);

  await expect(page.getByText(second?.marker ?? "")).toBeAttached();
  await make.endSeat(learner, course);
  await page.evaluate(() => dispatchEvent(new Event("pageshow")));
  await expect(page.getByRole("heading", { name: "This lesson belongs to the course" })).toBeVisible();
  await expect(page.getByText(second?.marker ?? "")).toHaveCount(0);
});

test("a lesson that is left by a link keeps its place, also when it is only looked into again", async ({
  page,
  joinCourse,
}) => {
  const course = await joinCourse({ longLessons: true });
  const address = `/learn/${course.slug}/${course.lessons[1]?.slug}`;
  const pulse = (told: (permille: number | null) => boolean) =>
    page.waitForResponse((response) => {
      const request = response.request();
      return response.url().endsWith("/api/learning/pulse") && told(request.postDataJSON().permille);
    });
  const untouched = () => pulse((permille) => permille === null);

  // After the first sign of life there is none for half a minute, so the next one comes with the leaving.
  const [opened] = await Promise.all([untouched(), page.goto(address)]);
  expect(opened.ok()).toBe(true);
  await page.evaluate(async () => {
    scrollTo(0, document.documentElement.scrollHeight / 2);
    await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
  });
  const scrolled = await page.evaluate(() => scrollY);
  const left = pulse((permille) => permille !== null && permille > 300);
  await page.getByRole("link", { name: "Back to my courses" }).click();
  await expect(page.getByRole("heading", { name: "My courses", level: 1 })).toBeVisible();
  expect((await left).ok()).toBe(true);

  await Promise.all([untouched(), page.goto(address)]);
  await page.goto("/account");
  await page.getByRole("link", { name: `Continue ${course.title}` }).click();
  // A place is a share of the page's height, which is not the same at each visit.
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled * 0.7);
});

test("code is copied, a heading has an address, and the width of the text is kept", async ({
  page,
  context,
  joinCourse,
  isMobile,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const course = await joinCourse();
  await page.goto(`/learn/${course.slug}/${course.lessons[0]?.slug}`);
  await page.getByRole("button", { name: "Copy", exact: true }).first().click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("print(1 + 1)\n");
  // Where nothing can hover and phones are narrow, both have no room.
  if (isMobile) return;
  await page.getByRole("heading", { name: "The task" }).hover();
  await page.getByRole("link", { name: "Link to this section" }).first().click();
  await expect(page).toHaveURL(/#the-task$/);
  await page.getByRole("button", { name: "Text width: normal" }).click();
  await page.reload();
  await expect(page.getByRole("button", { name: "Text width: wide" })).toBeVisible();
});

test("the learner's home, library, progress and notes are sound, empty and full", async ({
  page,
  make,
  learner,
  signInAs,
  isMobile,
}) => {
  test.setTimeout(180_000);
  if (isMobile) await page.setViewportSize({ width: 360, height: 740 });
  await signInAs(learner);
  const look = async (state: string) => {
    for (const address of ["/account", "/account/courses", "/account/progress", "/account/notes"]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectSoundPage(page, `${address}, ${state}`, isMobile);
    }
  };
  await look("empty");
  await expect(page.getByText("No notes yet")).toBeVisible();

  const [open, done] = [await make.course(), await make.course({ courseType: "sql" })];
  for (const course of [open, done]) await make.enrollment(learner, course);
  await make.activity(learner, done);
  await look("full");
  await page.goto("/account/courses?status=completed&type=sql&view=grid");
  await expect(page.getByRole("list", { name: "Completed" })).toContainText(done.title);
  await expect(page.getByText(open.title)).toHaveCount(0);
  await expectSoundPage(page, "my courses as a grid", isMobile);
  await page.getByRole("searchbox", { name: "Search" }).fill("zeppelin");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("None of your courses matches")).toBeVisible();
  await page.goto("/account/progress?from=2026-03-09&to=2026-03-01");
  const refused = page.getByRole("alert").filter({ hasText: "These days cannot be shown" });
  await expect(refused).toBeFocused();
  await expect(page.getByLabel("From")).toHaveValue("2026-03-09");
  await expect(page.getByLabel("To", { exact: true })).toHaveAccessibleDescription(
    /^The last day comes before/,
  );
  await expectSoundPage(page, "progress, days the wrong way round", isMobile);
  await refused.getByRole("link", { name: /^The last day comes before/ }).click();
  await expect(page.getByLabel("To", { exact: true })).toBeFocused();
  await page.goto("/account/progress?range=52-weeks");
  const days = page.getByRole("region", { name: "Activity by day" });
  await days.focus();
  if (isMobile) {
    // A year is wider than a phone: it begins at its end, and the keyboard leads back.
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => days.evaluate((box) => box.scrollLeft)).toBeLessThan(0);
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table", { name: "Days with activity" })).toBeVisible();
});

test("what a browser keeps of lessons goes when its reader signs out, and when somebody else comes", async ({
  page,
  make,
  learner,
  signInAs,
}) => {
  const course = await make.course();
  await make.enrollment(learner, course);
  const [preview, sold] = course.lessons.map(({ slug }) => `/learn/${course.slug}/${slug}`);
  const kept = (address = "") =>
    page.evaluate(async (path) => (await caches.match(path, { ignoreVary: true })) !== undefined, address);
  const readSold = async () => {
    await signInAs(learner);
    await page.goto(sold ?? "");
    await expect.poll(() => kept(sold), { timeout: 30_000 }).toBe(true);
  };
  const notes = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("lectern:note:")).length);
  await readSold();
  await page.getByRole("textbox", { name: "Your notes" }).fill("Mine alone.");
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  expect(await notes()).toBe(1);
  await page.goto("/pricing");
  await readerMenu(page, learner).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await expect.poll(() => kept(sold)).toBe(false);
  expect(await notes()).toBe(0);

  await readSold();
  // As when the session has run out.
  await page.context().clearCookies();
  await signInAs(await make.learner());
  await page.goto(preview ?? "");
  await expect.poll(() => kept(sold)).toBe(false);
  await expect.poll(() => kept(preview), { timeout: 30_000 }).toBe(true);
  expect(await kept(sold)).toBe(false);
});
