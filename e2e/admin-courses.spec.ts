import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { word } from "./fixtures/factories";
import { signIn } from "./fixtures/sign-in";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";

test.setTimeout(180_000);

const words = (sentence: string) => `${sentence} `.repeat(130);
const questions = "- question: What is it?\n  accepts: [a name]\n  explanation: It is one.\n";

test("a lesson is written with its preview, overtaken by a colleague, and restored", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
  isMobile,
}) => {
  const course = await make.course({ price: 4_900 });
  const [lesson] = course.lessons;
  const path = `/admin/courses/${course.slug}/lessons/${lesson?.slug}`;
  await signInAs(await make.admin());
  await page.goto("/admin/courses");
  await page.getByRole("searchbox", { name: "Search" }).fill(course.title);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByRole("row").filter({ hasText: course.title })).toContainText("On sale");
  await expectSoundPage(page, "courses, found", isMobile);
  await page.getByRole("link", { name: course.title }).click();
  await page.getByRole("link", { name: lesson?.title ?? "" }).click();

  const text = page.getByRole("textbox", { name: "Text, in Markdown" });
  await page.locator(".cm-content").waitFor();
  await text.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("Too short.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "a lesson needs at least 500" })).toBeVisible();
  await text.click();
  await page.keyboard.press("ControlOrMeta+a");
  const rewritten = `## A first step\n\n${words("A name stands for a value.")}`;
  await page.keyboard.insertText(rewritten);
  const quiz = page.getByRole("textbox", { name: "Questions" });
  await quiz.fill(questions);
  expect(await quiz.evaluate((box) => getComputedStyle(box).fontFamily), "YAML counts columns").toMatch(
    /mono/i,
  );
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByRole("heading", { name: "A first step" })).toBeVisible();
  await expectSoundPage(page, "a lesson to write", isMobile);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The lesson is saved.")).toBeVisible();
  await expect(page.getByText("Text 2", { exact: true })).toBeVisible();
  // The editor outlives the save: what was typed before it can still be undone.
  await text.click();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(text).toHaveText("Too short.");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(rewritten);
  await expect(preview.getByRole("heading", { name: "A first step" })).toBeVisible();

  const colleague = await openBrowser();
  await signIn(colleague, shop.url, await make.admin());
  const other = await colleague.newPage();
  await other.goto(shop.url + path);
  await other.getByRole("textbox", { name: "Title" }).fill("Their title");
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByText("The lesson is saved.")).toBeVisible();

  await page.getByRole("textbox", { name: "Title" }).fill("My title");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const conflict = page.getByRole("alert").filter({ hasText: "Somebody else has saved this" });
  await expect(conflict.getByRole("region", { name: "Title: what they changed" })).toContainText(
    "Their title",
  );
  await expect(conflict.getByRole("region", { name: "Title: yours against theirs" })).toContainText(
    "My title",
  );
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("My title");
  await expectSoundPage(page, "a conflict of two editors", isMobile);
  await conflict.getByRole("button", { name: "Keep mine, to save it over theirs" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { name: "My title", level: 1 })).toBeVisible();

  await page.getByRole("link", { name: "Text 3" }).click();
  await expect(page.getByRole("region", { name: "Title: from now to then" })).toContainText("Their title");
  await expectSoundPage(page, "a former text", isMobile);
  await page.getByRole("button", { name: "Restore this text" }).click();
  await expect(page.getByText("Nothing: the lesson says the same now.")).toBeVisible();
  await page.goto(`/learn/${course.slug}/${lesson?.slug}`);
  await expect(page.getByRole("heading", { name: "Their title", level: 1 })).toBeVisible();
});

test("a course gets a new price and order, leaves the shop and returns, and its files go out and in", async ({
  page,
  make,
  signInAs,
  isMobile,
}, testInfo) => {
  const course = await make.course({ price: 4_900 });
  const path = `/admin/courses/${course.slug}`;
  await signInAs(await make.admin());
  await page.goto(path);
  const savePrice = async (price: string) => {
    await page.getByRole("textbox", { name: "Price in USD" }).fill(price);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(`$${price}`, { exact: true })).toBeVisible();
  };
  await savePrice("42.50");
  await expect(page.getByText("The course is saved.")).toBeVisible();
  await page.getByRole("button", { name: `Move down: ${course.lessons[0]?.title}` }).click();
  await page.getByRole("button", { name: "Save the order" }).click();
  await expect(page.getByText("The new order is saved.")).toBeVisible();
  await expect(page.getByText("Put lessons into another order")).toBeVisible();
  // What one's own buttons changed is no conflict with the form beside them.
  await savePrice("41.50");
  await page.getByText("Preview: What it is about").click();
  const described = page.getByRole("region", { name: "Preview: What it is about" });
  await page.getByRole("textbox", { name: "What it is about" }).fill("## For **everybody** who counts");
  await expect(described.getByRole("heading", { name: "For everybody who counts" })).toBeVisible();
  await expectSoundPage(page, "one course", isMobile);
  await page.goto(`/courses/${course.slug}`);
  await expect(page.getByText("$41.50").first()).toBeVisible();

  await page.goto(path);
  await page.getByRole("button", { name: "Archive" }).click();
  const dialog = page.getByRole("dialog", { name: "Archive this course" });
  await expectSoundPage(page, "archiving", isMobile);
  await dialog.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("button", { name: "Put on sale" })).toBeVisible();
  expect((await page.request.get(`/courses/${course.slug}`)).status()).toBe(404);
  await page.getByRole("link", { name: "Preview" }).click();
  await expect(page.getByRole("heading", { name: course.title, level: 2 })).toBeVisible();
  await expectSoundPage(page, "a course's preview", isMobile);
  await page.goto(path);
  const status = page.getByRole("combobox", { name: "Status" });
  await expect(status).toHaveValue("archived");
  await page.getByRole("button", { name: "Put on sale" }).click();
  await expect(page.getByRole("button", { name: "Archive" })).toBeVisible();
  await expect(status).toHaveValue("published");
  await savePrice("43.50");
  await expect(page.getByRole("button", { name: "Archive" })).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export" }).click(),
  ]);
  const file = testInfo.outputPath("course.zip");
  await download.saveAs(file);
  await page.goto("/admin/content");
  await page.getByLabel("ZIP of courses").setInputFiles(file);
  await page.getByRole("button", { name: "Try it" }).click();
  // The lessons of tests are shorter than a lesson may be: every mistake is named, and nothing is imported.
  await expect(page.getByRole("alert").filter({ hasText: "There are mistakes in the files" })).toContainText(
    "words of prose",
  );
  await expectSoundPage(page, "an import with mistakes", isMobile);
});

test("an order that was begun before a colleague saved another undoes nothing, also on a page that knows of it", async ({
  page,
  make,
  shop,
  signInAs,
  openBrowser,
}) => {
  const course = await make.course({ price: 4_900 });
  const path = `/admin/courses/${course.slug}`;
  const [first, second, third] = course.lessons.map(({ title }) => title);
  const moveDown = (desk: Page, title = "") =>
    desk.getByRole("button", { name: `Move down: ${title}` }).click();
  await signInAs(await make.admin());
  await page.goto(path);
  await moveDown(page, first);

  const device = await openBrowser();
  await signIn(device, shop.url, await make.admin());
  const colleague = await device.newPage();
  await colleague.goto(shop.url + path);
  await moveDown(colleague, second);
  await colleague.getByRole("button", { name: "Save the order" }).click();
  await expect(colleague.getByText("The new order is saved.")).toBeVisible();

  // What is saved beside it brings the course as it is now; the order that was begun stays on the screen.
  await page.getByRole("textbox", { name: "Price in USD" }).fill("42.50");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await save.click();
  await expect(page.getByText("Saving yours undoes nothing of theirs: save it again.")).toBeVisible();
  await save.click();
  await expect(page.getByText("$42.50", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Save the order" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The order is as it was" })).toContainText(
    "Somebody else has changed the course",
  );
  await colleague.reload();
  const lessons = colleague.getByRole("button", { name: /^Move up: / });
  const names = () =>
    lessons.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
  expect(
    (await names()).filter((name) => [first, second, third].some((title) => name?.endsWith(title ?? "?"))),
  ).toEqual([first, third, second].map((title) => `Move up: ${title}`));
});

/** A course that ships, as if it had another address and title: no other test looks at it. */
function packCourse(slug: string, title: string): Record<string, Uint8Array> {
  const folder = "content/courses/query-plans";
  const paths = readdirSync(folder, { recursive: true }).map(String);
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(
    files.map((path) => {
      const content = readFileSync(join(folder, path));
      const titled = () => strToU8(content.toString().replace(/^title: .*$/m, `title: ${title}`));
      return [`courses/${slug}/${path}`, path === "course.yaml" ? titled() : new Uint8Array(content)];
    }),
  );
}

async function tryFiles(page: Page, files: Record<string, Uint8Array>): Promise<void> {
  await page.goto("/admin/content");
  await page
    .getByLabel("ZIP of courses")
    .setInputFiles({ name: "courses.zip", mimeType: "application/zip", buffer: Buffer.from(zipSync(files)) });
  await page.getByRole("button", { name: "Try it" }).click();
}

test("a course comes in as files, goes out, and comes in again with another text, which the shop then shows", async ({
  page,
  make,
  signInAs,
  isMobile,
}) => {
  const slug = `brought-${word()}`;
  const title = `Brought in ${word()}`;
  await signInAs(await make.admin());
  await tryFiles(page, packCourse(slug, title));
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.filter({ hasText: slug }).first()).toContainText("New");
  await page.getByRole("button", { name: /^Import these \d+ changes$/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "Imported" })).toBeVisible();

  await page.goto(`/admin/courses/${slug}`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export" }).click(),
  ]);
  const files = unzipSync(new Uint8Array(await readFile(await download.path())));
  const rewrite = (path: string, change: (text: string) => string) => {
    const file = files[`content/courses/${slug}/${path}`];
    if (!file) throw new Error(`${path} was not exported`);
    files[`content/courses/${slug}/${path}`] = strToU8(change(strFromU8(file)));
  };
  const said = `The bakery of ${word()} sends its regards.`;
  rewrite("course.yaml", (text) => text.replace(/^audience: .*$/m, `audience: ${said}`));
  rewrite("01-reading/01-reading-a-plan.md", (text) => `${text.trimEnd()}\n\n${said}\n`);
  await tryFiles(page, files);
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: `${slug}/reading-a-plan` })).toContainText("Changed: text");
  const difference = page.getByRole("region", { name: `Text of ${slug}/reading-a-plan: from now to then` });
  await expect(difference.getByText(`New: ${said}`)).toBeVisible();
  await expectSoundPage(page, "an import that was tried", isMobile);
  await page.getByRole("button", { name: "Import these 2 changes" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Imported" })).toBeVisible();

  await page.goto(`/courses/${slug}`);
  await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
  await expect(page.getByText(said)).toBeVisible();
  await page.goto(`/learn/${slug}/reading-a-plan`);
  await expect(page.getByText(said)).toBeVisible();
  await tryFiles(page, files);
  await expect(page.getByText("Nothing would change")).toBeVisible();
});

test("settings show no key, say how events arrive, and send a mail; the numbers have their tables", async ({
  page,
  make,
  signInAs,
  isMobile,
}) => {
  const course = await make.course();
  await signInAs(await make.admin());
  await page.goto("/admin/settings");
  await expect(page.getByText("sk_test_…")).toBeVisible();
  await expect(page.locator("main")).not.toContainText(/sk_test_\w{6}|whsec_\w{6}/);
  await page.getByRole("button", { name: "Send me a test mail" }).click();
  await expect(page.getByText("Taken by the mail service")).toBeVisible({ timeout: 30_000 });
  await expectSoundPage(page, "settings", isMobile);
  for (const [path, name] of [
    ["/admin/analytics/funnel", "the funnel"],
    [`/admin/analytics/learning?course=${course.slug}`, "learning"],
    ["/admin/analytics?preset=this-year", "sales by month"],
  ] as const) {
    await page.goto(path);
    await expectSoundPage(page, name, isMobile);
  }
  const [reader, idler] = [await make.learner(), await make.learner()];
  for (const learner of [reader, idler]) await make.enrollment(learner, course);
  await make.activity(reader, course);
  await page.goto(`/admin/analytics/learning?course=${course.slug}`);
  const dropOff = page.getByRole("table", { name: "How far learners came, lesson by lesson" });
  await expect(dropOff.getByRole("row").filter({ hasText: "No lesson completed yet" })).toContainText("1");
  const firstLesson = dropOff.getByRole("row").filter({ hasText: course.lessons[0]?.title });
  await expect(firstLesson).toContainText("50%");
  const cohort = page
    .getByRole("table", { name: /^Cohorts/ })
    .getByRole("row")
    .nth(1);
  await expect(cohort.getByRole("cell").nth(1)).toHaveText("2");
  await expectSoundPage(page, "learning, with learners", isMobile);
  // A browser that calls itself headless is a robot, and counts for nothing.
  await page.setExtraHTTPHeaders({
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0",
  });
  await page.goto(`/courses/${course.slug}`);
  await expect(async () => {
    await page.goto("/admin/analytics/funnel?preset=7-days");
    const row = page.getByRole("row").filter({ hasText: course.title });
    await expect(row.getByRole("cell").nth(1)).toHaveText("1", { timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
});
