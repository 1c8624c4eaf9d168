import type { Page } from "@playwright/test";
import { signIn } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";
import { editorOf, exercise, openEditor, write } from "./fixtures/workbench";

const titles = (tab: Page) => exercise(tab, "Titles");
const saved = (tab: Page) => titles(tab).getByText("Draft saved", { exact: true });
const notice = (tab: Page) => titles(tab).getByText("Another version, written elsewhere");

test("two tabs show the same draft, and what is written apart is set aside, never lost", async ({
  page,
  context,
  make,
  learner,
  openBrowser,
  shop,
  joinCourse,
}) => {
  const course = await joinCourse({ courseType: "sql" });
  await make.query(course);
  const address = `${shop.url}/learn/${course.slug}/${course.lessons[0]?.slug}`;
  const open = async (tab: Page) => {
    await tab.goto(address);
    await openEditor(titles(tab));
  };
  const shows = (tab: Page, code: string) => expect(editorOf(titles(tab))).toHaveText(code);
  const second = await context.newPage();
  for (const tab of [page, second]) await open(tab);

  await test.step("what is typed in one tab stands in the other, and is nobody's other version", async () => {
    await write(page, titles(page), "SELECT title -- first tab");
    await shows(second, "SELECT title -- first tab");
    await expect(saved(page)).toBeVisible();
    await second.bringToFront();
    await write(second, titles(second), "SELECT title -- second tab");
    await shows(page, "SELECT title -- second tab");
    for (const tab of [page, second]) await expect(saved(tab)).toBeVisible();
    await expect
      .poll(() => make.drafts(learner))
      .toEqual([{ code: "SELECT title -- second tab", other: null }]);
    for (const tab of [page, second]) await expect(notice(tab)).toHaveCount(0);
  });

  await test.step("a tab that is opened later begins with it", async () => {
    await second.close();
    const third = await context.newPage();
    await open(third);
    await shows(third, "SELECT title -- second tab");
    await expect(notice(third)).toHaveCount(0);
    await third.close();
  });

  await test.step("another device writes meanwhile: the newer text stays, the other one is offered", async () => {
    const device = await openBrowser();
    await signIn(device, shop.url, learner);
    const other = await device.newPage();
    await open(other);
    await shows(other, "SELECT title -- second tab");
    await write(page, titles(page), "SELECT title -- this device");
    await expect(saved(page)).toBeVisible();
    await expect
      .poll(() => make.drafts(learner))
      .toEqual([{ code: "SELECT title -- this device", other: null }]);
    await write(other, titles(other), "SELECT title -- other device");
    await expect(notice(other)).toBeVisible();
    await shows(other, "SELECT title -- other device");
    await expect
      .poll(() => make.drafts(learner))
      .toEqual([{ code: "SELECT title -- other device", other: "SELECT title -- this device" }]);
    await titles(other).getByRole("button", { name: "Restore it" }).click();
    await shows(other, "SELECT title -- this device");
    await expect
      .poll(() => make.drafts(learner))
      .toEqual([{ code: "SELECT title -- this device", other: "SELECT title -- other device" }]);
    await titles(other).getByRole("button", { name: "Keep this one" }).click();
    await expect(notice(other)).toHaveCount(0);
    await expect
      .poll(() => make.drafts(learner))
      .toEqual([{ code: "SELECT title -- this device", other: null }]);
  });
});
