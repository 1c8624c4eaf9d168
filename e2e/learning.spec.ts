import { about, buyBox } from "./fixtures/shop-pages";
import { fillSignIn } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

test("a lesson is read, marked complete, undone, and counted in the library", async ({
  page,
  joinCourse,
}) => {
  const course = await joinCourse();
  const [first] = course.lessons;
  await page.goto(`/learn/${course.slug}`);
  await expect(page.getByRole("heading", { name: first?.title, level: 1 })).toBeVisible();
  await expect(page.getByText(first?.marker ?? "")).toBeVisible();

  await page.getByRole("button", { name: "Mark as complete" }).click();
  await expect(page.getByText("Completed", { exact: true })).toBeVisible();
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await undo.click();
  const mark = page.getByRole("button", { name: "Mark as complete" });
  await expect(mark).toBeVisible();
  await expect(mark).not.toHaveAttribute("aria-busy");
  await mark.click();
  await expect(undo).toBeVisible();

  await page.goto("/account/courses");
  const library = page.getByRole("list", { name: "Active" });
  await expect(library).toContainText("1 of 3 lessons");
  await expect(library.getByRole("progressbar", { name: `Progress in ${course.title}` })).toHaveAttribute(
    "aria-valuenow",
    "33",
  );
  await expect(library.getByRole("link", { name: about("Continue", course) })).toBeVisible();
});

test("lessons are turned by link and by Shift and an arrow, and the course opens where it was left", async ({
  page,
  joinCourse,
}) => {
  const course = await joinCourse();
  const heading = (index: number) =>
    page.getByRole("heading", { name: course.lessons[index]?.title, level: 1 });
  await page.goto(`/learn/${course.slug}`);
  await expect(heading(0)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Previous/ })).toHaveCount(0);
  await page.getByRole("main").getByRole("link", { name: /^Next/ }).click();
  await expect(heading(1)).toBeVisible();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(heading(2)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Next/ })).toHaveCount(0);
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(heading(1)).toBeVisible();
  await page
    .getByRole("main")
    .getByRole("link", { name: /^Previous/ })
    .click();
  await expect(heading(0)).toBeVisible();

  await page.goto(`/learn/${course.slug}/${course.lessons[2]?.slug}`);
  await expect(heading(2)).toBeVisible();
  await page.goto("/account/courses");
  await page.getByRole("link", { name: about("Continue", course) }).click();
  await expect(heading(2)).toBeVisible();
});

test.describe("a lesson's text, which a document has once", () => {
  // A page is taken apart here, which its worker would not let happen.
  test.use({ serviceWorkers: "block" });

  test("stays through turning back and forth, and comes to a page that has not got it", async ({
    page,
    joinCourse,
  }) => {
    const course = await joinCourse();
    const [first, second] = course.lessons;
    const path = `/learn/${course.slug}/${first?.slug}`;
    const text = (lesson = first) => page.locator("article").getByText(lesson?.marker ?? "");
    await page.goto(path);
    await expect(text()).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`^${first?.title}, ${course.title} · `));
    await page.getByRole("main").getByRole("link", { name: /^Next/ }).click();
    await expect(text(second)).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`^${second?.title}, `));
    const fetched: string[] = [];
    page.on("request", (request) => {
      if (request.headers().rsc !== undefined) fetched.push(request.url());
    });
    await page.goBack();
    await expect(text()).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`^${first?.title}, `));
    await page.goForward();
    await expect(text(second)).toBeVisible();
    expect(fetched, "what was there is not asked for again").toEqual([]);

    let emptied = 0;
    await page.route(`**${path}`, async (route) => {
      if (!route.request().isNavigationRequest()) return route.continue();
      const headers = { ...route.request().headers(), "sec-fetch-mode": "navigate" };
      const response = await route.fetch({ headers });
      const whole = await response.text();
      // A section follows, and no text has one.
      const body = whole.replace(/(<div id="text-[^>]*>).*?(?=<section)/s, "$1</div>");
      expect(body).not.toContain(first?.marker);
      emptied += 1;
      await route.fulfill({ response, body });
    });
    await page.goto(path);
    await expect(text()).toBeVisible();
    expect(emptied).toBe(1);
    expect(fetched).toHaveLength(1);
  });
});

test("a free course is joined with one button, after signing in on the way", async ({ page, make }) => {
  const course = await make.course({ price: 0 });
  const reader = await make.learner();
  await page.goto(`/courses/${course.slug}`);
  await buyBox(page)
    .getByRole("button", { name: about("Enroll for free", course) })
    .click();
  await expect(page.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  await fillSignIn(page, reader);
  await expect(page).toHaveURL(`/courses/${course.slug}`);
  await buyBox(page)
    .getByRole("button", { name: about("Enroll for free", course) })
    .click();
  await expect(page.getByRole("heading", { name: course.lessons[0]?.title, level: 1 })).toBeVisible();
  await page.goto("/account/courses");
  await expect(page.getByRole("list", { name: "Active" })).toContainText(course.title);
  await page.goto(`/courses/${course.slug}`);
  await expect(buyBox(page).getByRole("link", { name: about("Go to course", course) })).toBeVisible();
});

test("a stranger reads the free preview, and of a sold lesson not a word", async ({
  page,
  make,
  request,
}) => {
  const course = await make.course();
  const [preview, sold] = course.lessons;
  await page.goto(`/courses/${course.slug}`);
  await page.getByRole("region", { name: "Outline" }).getByRole("link", { name: preview?.title }).click();
  await expect(page.getByText(preview?.marker ?? "")).toBeVisible();
  await expect(page.getByRole("heading", { name: "You are reading a free preview" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Mark as complete" })).toHaveCount(0);

  const address = `/learn/${course.slug}/${sold?.slug}`;
  await page.goto(address);
  await expect(page.getByRole("heading", { name: sold?.title, level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "This lesson belongs to the course" })).toBeVisible();
  for (const rsc of ["", "1"]) {
    const bytes = await (await request.get(address, { headers: rsc ? { rsc } : {} })).text();
    expect(bytes).toContain(sold?.title);
    expect(bytes).not.toContain(sold?.marker);
  }
  await page.getByRole("link", { name: "See the course" }).click();
  await expect(page).toHaveURL(`/courses/${course.slug}`);
});

test("the lessons that ship are set as a book: code in colour, exercises, questions", async ({
  page,
  learner,
  signInAs,
}) => {
  await signInAs(learner);
  await page.goto("/courses/python-from-zero");
  await buyBox(page)
    .getByRole("button", { name: /^Enroll for free/ })
    .click();
  await expect(page.getByRole("heading", { name: "Values and names", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Check yourself" })).toBeVisible();
  const code = page.getByRole("main").locator("pre code").first();
  await expect(code).toBeVisible();
  const tokens = page.getByRole("main").locator("pre code [class^=hljs-]");
  await expect(tokens.first()).toBeVisible();
  const colours = await tokens.evaluateAll((found) => [
    ...new Set(found.map((token) => getComputedStyle(token).color)),
  ]);
  expect(colours.length).toBeGreaterThan(1);
});

test("the outline stands beside the lesson, on a phone in a closed menu, and leads to another one", async ({
  page,
  joinCourse,
  isMobile,
}) => {
  const course = await joinCourse();
  const [first, , third] = course.lessons;
  await page.goto(`/learn/${course.slug}/${first?.slug}`);
  const outline = page.getByRole("navigation", { name: "Outline" });
  const menu = page.getByText("Chapter 1, lesson 1 of 3");
  if (isMobile) {
    await expect(outline).toBeHidden();
    await menu.click();
  } else await expect(menu).toBeHidden();
  await expect(outline.getByRole("link", { name: first?.title })).toHaveAttribute("aria-current", "page");
  await outline.getByRole("link", { name: third?.title }).click();
  await expect(page.getByRole("heading", { name: third?.title, level: 1 })).toBeVisible();
  if (isMobile) await expect(outline).toBeHidden();
});
