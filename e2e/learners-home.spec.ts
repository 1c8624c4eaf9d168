import type { Locator, Page } from "@playwright/test";
import { type Factories, type Learner, word } from "./fixtures/factories";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

// The days of the rows below are counted in it.
test.use({ timezoneId: "UTC" });

/**
 * Two of three lessons and one of two exercises in Python, all of SQL with its certificate: 40 minutes on the days 0, 1, 2
 * and 20 ago.
 */
async function makeStudy(make: Factories, learner: Learner) {
  const [python, sql] = [await make.course(), await make.course({ courseType: "sql" })];
  await make.exercises(python, ["Add two numbers", "Count the words"]);
  const yesterday = new Date(Date.now() - 86_400_000);
  await make.enrollment(learner, sql, { enrolledAt: yesterday, completedAt: new Date() });
  await make.enrollment(learner, python);
  await make.study(learner, sql, {
    lessons: [20, 1, 0],
    minutes: [
      { ago: 20, minutes: 15 },
      { ago: 1, minutes: 10 },
      { ago: 0, minutes: 10 },
    ],
  });
  await make.study(learner, python, {
    lessons: [2, 0],
    exercises: [2],
    minutes: [{ ago: 2, minutes: 5 }],
  });
  await make.certificate(learner, sql);
  return { python, sql };
}

/** A number of the page's head: its value and what stands under it. */
const figure = (page: Page, label: string) =>
  page
    .getByRole("main")
    .locator("dl > div")
    .filter({ has: page.getByText(label, { exact: true }) })
    .getByRole("definition");

async function expectFigures(page: Page, figures: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(figures))
    await expect(figure(page, label).first(), label).toHaveText(value);
}

const row = (table: Locator, lead: string) =>
  table.getByRole("row").filter({ has: table.page().getByRole("cell", { name: lead, exact: true }) });

const isoDay = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

test("the overview tells what was done, where to go on, and what could come next", async ({
  page,
  make,
  learner,
  signInAs,
  isMobile,
}) => {
  await signInAs(learner);
  const { python, sql } = await makeStudy(make, learner);
  await page.goto("/account");
  await expectFigures(page, {
    "Time learned": "40 min",
    Courses: "2",
    Completed: "1",
    Streak: "3 days",
  });
  await expect(figure(page, "Courses").last()).toHaveText("1 in progress");
  await expect(figure(page, "Completed").last()).toHaveText("1 certificate");
  await expect(figure(page, "Streak").last()).toHaveText("longest 3");

  const active = page.getByRole("list", { name: "Active courses" }).getByRole("listitem");
  await expect(active).toHaveCount(1);
  await expect(active.getByRole("link", { name: python.title })).toBeVisible();
  const bar = active.getByRole("progressbar", { name: `Progress in ${python.title}` });
  await expect(bar).toHaveAttribute("aria-valuenow", "60");

  const languages = page.getByRole("region", { name: "By language" });
  for (const [language, lessons, percentage] of [
    ["Python", "2 of 3 lessons", "60"],
    ["SQL", "3 of 3 lessons", "100"],
  ] as const) {
    await expect(languages.getByRole("term").filter({ hasText: language })).toContainText(lessons);
    const share = languages.getByRole("progressbar", { name: `Progress in ${language}` });
    await expect(share).toHaveAttribute("aria-valuenow", percentage);
  }

  const recent = page.getByRole("list", { name: "Recently completed" });
  await expect(recent.getByRole("listitem")).toHaveCount(5);
  await expect(recent.getByRole("listitem").first()).toContainText(`${sql.title}, completed`);
  await expect(recent.getByRole("link", { name: "Task number 2" }).first()).toHaveAttribute(
    "href",
    `/learn/${python.slug}/task-2`,
  );

  const steps = page.getByRole("list", { name: "Next steps" });
  for (const [words, href] of [
    [`Finish “${python.title}”`, `/learn/${python.slug}`],
    ["Look at all courses", "/courses"],
    ["Choose from your wishlist", "/account/wishlist"],
    ["See your progress day by day", "/account/progress"],
    ["Read your notes", "/account/notes"],
  ] as const)
    await expect(steps.getByRole("link", { name: words })).toHaveAttribute("href", href);
  await expect(steps.getByRole("link", { name: `Show your certificate: ${sql.title}` })).toHaveAttribute(
    "href",
    /^\/certificates\/[0-9A-HJKMNP-TV-Z]{26}$/,
  );
  await expectSoundPage(page, "overview with courses", isMobile);

  const next = page.getByRole("region", { name: "Task number 3" });
  await expect(next).toContainText("2 of 3 lessons, 1 of 2 exercises");
  await next.getByRole("link", { name: `Continue ${python.title}` }).click();
  await expect(page).toHaveURL(`/learn/${python.slug}/task-3`);
});

test("a new learner's pages say how to begin", async ({ page, learner, signInAs, isMobile }) => {
  await signInAs(learner);
  await page.goto("/account");
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { name: "No courses yet" })).toBeVisible();
  await expect(main.getByRole("link", { name: "Browse the courses" })).toHaveAttribute("href", "/courses");
  await expectFigures(page, { "Time learned": "0 min", Courses: "0", Completed: "0", Streak: "0 days" });
  const steps = page.getByRole("list", { name: "Next steps" }).getByRole("listitem");
  await expect(steps.first()).toHaveText("Look at all courses");
  for (const name of ["Active courses", "By language", "Recently completed"])
    await expect(page.getByRole("heading", { name })).toHaveCount(0);
  await expectSoundPage(page, "overview without courses", isMobile);
  for (const [address, words] of [
    ["/account/courses", "No courses yet"],
    ["/account/progress", "Nothing to count yet"],
  ] as const) {
    await page.goto(address);
    await expect(main.getByRole("heading", { name: words })).toBeVisible();
    await expect(main.getByRole("link", { name: "Browse the courses" })).toBeVisible();
  }
});

test("progress is told in numbers, for the days that were asked for", async ({
  page,
  make,
  learner,
  signInAs,
  isMobile,
}) => {
  await signInAs(learner);
  const { python, sql } = await makeStudy(make, learner);
  await page.goto("/account/progress");
  const all = { "Time learned": "40 min", "Lessons completed": "5", "Exercises passed": "1" };
  await expectFigures(page, { ...all, Streak: "3 days" });

  await page.getByRole("region", { name: "Week by week" }).getByText("The numbers as a table").click();
  const weeks = page.getByRole("table", { name: "Weeks" }).getByRole("row");
  await expect(weeks).toHaveCount(1 + 12);
  const numbers = await weeks
    .filter({ has: page.getByRole("cell") })
    .evaluateAll((rows) => rows.map((one) => [...one.querySelectorAll("td")].map((td) => td.textContent)));
  const sum = (column: number) => numbers.reduce((total, cells) => total + Number(cells[column]), 0);
  expect([sum(1), sum(2), sum(3)], "minutes, lessons and exercises of all weeks").toEqual([40, 5, 1]);

  const courses = page.getByRole("table", { name: "Progress by course" });
  for (const [course, ...cells] of [
    [python.title, "60%", "2 of 3", "1 of 2", "5 min"],
    [sql.title, "100%", "3 of 3", "0 of 0", "35 min"],
  ])
    await expect(row(courses, course ?? "").getByRole("cell")).toHaveText([course ?? "", ...cells]);
  const languages = page.getByRole("table", { name: "Progress by language" });
  for (const [language, ...cells] of [
    ["Python", "60%", "2 of 3", "1 of 2"],
    ["SQL", "100%", "3 of 3", "0 of 0"],
  ])
    await expect(row(languages, language ?? "").getByRole("cell")).toHaveText([language ?? "", ...cells]);
  const topics = page.getByRole("table", { name: "Exercises passed by topic" });
  await expect(row(topics, "Tasks").getByRole("cell")).toHaveText(["Tasks", python.title, "50%", "1 of 2"]);
  await expectSoundPage(page, "progress", isMobile);

  const show = async (from: string, to: string) => {
    await page.getByLabel("From", { exact: true }).fill(from);
    await page.getByLabel("To", { exact: true }).fill(to);
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page).toHaveURL(`/account/progress?from=${from}&to=${to}`);
  };
  await show(isoDay(1), isoDay(0));
  await expectFigures(page, {
    "Time learned": "20 min",
    "Lessons completed": "3",
    "Exercises passed": "0",
    Streak: "3 days",
  });
  await show(isoDay(20), isoDay(20));
  await expectFigures(page, { "Time learned": "15 min", "Lessons completed": "1", "Exercises passed": "0" });

  await show(isoDay(1), isoDay(5));
  const to = page.getByLabel("To", { exact: true });
  await expect(to).toHaveAttribute("aria-invalid", "true");
  await expect(to).toHaveAccessibleDescription(/The last day comes before the first/);
  await expect(to).toHaveValue(isoDay(5));
  await expect(page.getByText("The last twelve weeks are shown instead.")).toBeVisible();
  await expectFigures(page, all);
  await expectSoundPage(page, "progress with wrong days", isMobile);
});

test("the library is put in order, and tells what ended and what is certified", async ({
  page,
  make,
  learner,
  signInAs,
  isMobile,
}) => {
  await signInAs(learner);
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
  const titled = (name: string) => make.course({ title: `${name} ${word()}` });
  const [alpha, beta, refunded, expired] = [
    await titled("Alpha"),
    await titled("Beta"),
    await titled("Gamma"),
    await titled("Delta"),
  ];
  const until = new Date(Date.now() + 30 * 86_400_000);
  await make.enrollment(learner, alpha, { enrolledAt: ago(9), expiresAt: until });
  await make.enrollment(learner, beta, { enrolledAt: ago(3) });
  await make.enrollment(learner, refunded);
  await make.endSeat(learner, refunded);
  await make.enrollment(learner, expired, { enrolledAt: ago(90), expiresAt: ago(7) });
  const { sql: certified } = await makeStudy(make, learner);

  await page.goto("/account/courses");
  const active = page.getByRole("list", { name: "Active" });
  const titles = active.getByRole("heading", { level: 3 });
  await expect(titles.filter({ hasText: /Alpha|Beta/ })).toHaveText([beta.title, alpha.title]);
  await expect(active.getByRole("listitem").filter({ hasText: alpha.title })).toContainText(
    "Open to you until",
  );
  const choose = async (field: string, option: string) => {
    await page.getByLabel(field, { exact: true }).selectOption(option);
    await page.getByRole("button", { name: "Apply" }).click();
  };
  await choose("Order", "Title");
  await expect(page).toHaveURL(/sort=title/);
  await expect(titles.filter({ hasText: /Alpha|Beta/ })).toHaveText([alpha.title, beta.title]);
  await expectSoundPage(page, "my courses with every state", isMobile);

  const ended = page.getByRole("list", { name: "Ended" }).getByRole("listitem");
  await choose("Status", "Refunded");
  await expect(page).toHaveURL(/status=refunded/);
  await expect(page.getByRole("status").filter({ hasText: "1 of 6 courses" })).toBeVisible();
  await expect(ended).toHaveCount(1);
  await expect(ended).toContainText(refunded.title);
  await expect(ended.getByText(/^Refunded/)).toContainText("Your progress is kept if you come back.");

  await choose("Status", "Expired");
  await expect(ended).toContainText(expired.title);
  await expect(ended).toHaveCount(1);
  await expect(ended.getByText(/^Access ended/)).toBeVisible();
  const end = (await ended.locator("time").getAttribute("datetime")) ?? "";
  expect(end.slice(0, 10)).toBe(isoDay(7));

  await choose("Status", "Completed");
  const completed = page.getByRole("list", { name: "Completed" }).getByRole("listitem");
  await expect(completed).toHaveCount(1);
  const view = completed.getByRole("link", { name: `View the certificate of ${certified.title}` });
  await expect(view).toHaveAttribute("href", /^\/certificates\/[0-9A-HJKMNP-TV-Z]{26}$/);
  await expect(
    completed.getByRole("link", { name: `PDF of the certificate of ${certified.title}` }),
  ).toHaveAttribute("href", `${await view.getAttribute("href")}/pdf`);
});
