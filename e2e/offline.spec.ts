import { COPY_HEADER } from "../components/offline/caches";
import { closeOffline } from "./fixtures/close-offline";
import { about } from "./fixtures/shop-pages";
import { readerMenu } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";
import { exercise, openEditor, watchRuntimes, write } from "./fixtures/workbench";

test("a course that is kept opens and grades without a network, also where it was never opened", async ({
  page,
  context,
  make,
  learner,
  joinCourse,
  isMobile,
}) => {
  const course = await joinCourse({ courseType: "sql" });
  await make.query(course);
  const [withExercise, opened, last] = course.lessons;
  const addressOf = (lesson = opened) => `/learn/${course.slug}/${lesson?.slug}`;
  const asked = watchRuntimes(page);
  const keep = page.getByRole("button", { name: "Keep this course for offline use" });
  const kept = page.getByText("Kept: all its lessons open");
  await page.goto(addressOf());
  await expect(keep).toBeVisible();
  // A worker that is there answers also when the network is not.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expectSoundPage(page, "a lesson of a course that can be kept", isMobile);

  await test.step("says when it could not be kept", async () => {
    await context.setOffline(true);
    await keep.press("Enter");
    await expect(page.getByText("The course could not be kept.")).toBeVisible();
    await expect(keep).toBeFocused();
  });

  await test.step("says which lessons are there instead of one that is not", async () => {
    await page.goto(addressOf(last));
    await expect(page.getByRole("heading", { name: "There is no network." })).toBeVisible();
    await expectSoundPage(page, "a lesson that was not kept", isMobile);
    await page.getByRole("link", { name: `${opened?.title}, ${course.title}` }).click();
    await expect(page.getByRole("heading", { name: opened?.title, level: 1 })).toBeVisible();
    await context.setOffline(false);
    expect(asked).toEqual([]);
  });

  await test.step("is kept, and continues where it was left", async () => {
    await keep.press("Enter");
    await expect(kept).toBeVisible();
    await expect(page.getByRole("button", { name: "Update this copy" })).toBeFocused();
    expect(asked.length).toBeGreaterThan(0);
    await expectSoundPage(page, "a lesson of a course that is kept", isMobile);
    await page.goto("/account/courses");
    await page.getByRole("link", { name: about("Continue", course) }).click();
    await expect(page.getByRole("heading", { name: opened?.title, level: 1 })).toBeVisible();
    await expect(kept).toBeVisible();
  });

  await test.step("works without a network, and sends what was done once there is one", async () => {
    await context.setOffline(true);
    // The same lesson, whatever its address carries besides.
    await page.goto(`${addressOf(last)}?from=mail`);
    await expect(page.getByText(last?.marker ?? "")).toBeVisible();
    await page.goto(addressOf(withExercise));
    const part = exercise(page, "Titles");
    await openEditor(part);
    await write(page, part, "SELECT title FROM books");
    await part.getByRole("button", { name: "Submit" }).click();
    await expect(part.getByRole("heading", { name: "All 2 tests passed" })).toBeVisible();
    await expect(part.getByText("kept in this browser and sent once")).toBeVisible();
    expect(await make.attempts(learner)).toEqual([]);
    await context.setOffline(false);
    await expect
      .poll(async () => (await make.attempts(learner)).map(({ passed }) => passed), { timeout: 45_000 })
      .toEqual([true]);
  });
});

test("a preview that was kept before its course was bought is kept anew at the next visit", async ({
  page,
  make,
  learner,
  signInAs,
}) => {
  const course = await make.course();
  const address = `/learn/${course.slug}/${course.lessons[0]?.slug}`;
  /** What the copy says about whether work in it goes to the account. */
  const saves = () =>
    page.evaluate(async (path) => {
      const kept = await caches.match(`${path}/exercises`, { ignoreVary: true });
      return kept ? (await kept.json()).saves : null;
    }, address);
  const keptPage = () =>
    page.evaluate(async (path) => (await caches.match(path, { ignoreVary: true }))?.text() ?? "", address);
  await signInAs(learner);
  await page.goto(address);
  await expect.poll(saves, { timeout: 30_000 }).toBe(false);
  await expect.poll(keptPage).not.toContain("Mark as complete");

  await make.enrollment(learner, course);
  await page.goto("/account/courses");
  // Without a new document, which the worker itself would keep as it passes.
  await page.getByRole("link", { name: about("Start", course) }).click();
  await expect(page.getByRole("button", { name: "Mark as complete" })).toBeVisible();
  await expect.poll(saves, { timeout: 30_000 }).toBe(true);
  await expect.poll(keptPage).toContain("Mark as complete");
});

test("a lesson that is opened anew is rendered once: the worker keeps its page as it passes", async ({
  page,
  context,
  joinCourse,
}) => {
  const course = await joinCourse({});
  const path = `/learn/${course.slug}/${course.lessons[0]?.slug}`;
  const copies: string[] = [];
  const isCopy = (address: string, headers: Readonly<Record<string, string>>) =>
    headers[COPY_HEADER] !== undefined && new URL(address).pathname.startsWith(path);
  context.on("request", (request) => {
    if (isCopy(request.url(), request.headers())) copies.push(new URL(request.url()).pathname);
  });
  const testsKept = () =>
    page.waitForResponse(
      (response) =>
        response.url().endsWith(`${path}/exercises`) && isCopy(response.url(), response.request().headers()),
    );
  await Promise.all([testsKept(), page.goto(path)]);
  expect(copies.splice(0)).toContain(path);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  await Promise.all([testsKept(), page.reload()]);
  expect(new Set(copies)).toEqual(new Set([`${path}/exercises`]));
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText(course.lessons[0]?.marker ?? "")).toBeVisible();
});

test("leaving a lesson keeps the place", async ({ page, joinCourse }) => {
  const course = await joinCourse({ longLessons: true });
  const lesson = course.lessons[1];
  await page.goto(`/learn/${course.slug}/${lesson?.slug}`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const scrolled = await page.evaluate(async () => {
    scrollTo(0, document.documentElement.scrollHeight / 2);
    await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
    return scrollY;
  });
  expect(scrolled).toBeGreaterThan(400);
  await page.goto("/account");
  await page.getByRole("link", { name: `Continue ${course.title}` }).click();
  await expect(page.getByRole("heading", { name: lesson?.title, level: 1 })).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled * 0.7);
});

test("signing out without a network costs no work, and with one the work is sent first", async ({
  page,
  context,
  make,
  learner,
  joinCourse,
}) => {
  const course = await joinCourse();
  await page.goto("/pricing");
  await expect(readerMenu(page, learner)).toBeVisible();
  const lesson = await context.newPage();
  await lesson.goto(`/learn/${course.slug}/${course.lessons[0]?.slug}`);
  const note = lesson.getByRole("textbox", { name: "Your notes" });
  await expect(note).toBeEditable();
  await context.setOffline(true);
  await note.fill("From the train.");
  await expect(lesson.getByText("Kept in this browser, and saved once")).toBeVisible();
  // Nobody but the menu can send it now.
  await closeOffline(lesson);

  const notes = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("lectern:note:")).length);
  const signOut = page.getByRole("button", { name: "Sign out" });
  await readerMenu(page, learner).click();
  await signOut.click();
  await expect(page.getByRole("alert").filter({ hasText: "You could not be signed out" })).toBeVisible();
  await expect(readerMenu(page, learner)).toBeVisible();
  expect(await notes()).toBe(1);
  expect(await make.notes(learner)).toEqual([]);

  await context.setOffline(false);
  await signOut.click();
  await expect(page).toHaveURL("/");
  await expect(readerMenu(page, learner)).toBeHidden();
  expect(await notes()).toBe(0);
  expect(await make.notes(learner)).toEqual(["From the train."]);
});
