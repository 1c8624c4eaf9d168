import type { Page } from "@playwright/test";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";
import { editorOf, exercise, openEditor, watchRuntimes, write } from "./fixtures/workbench";

const PYTHON = "/learn/python-from-zero/values-and-names";
const SQL = "/learn/sql-from-questions";

const RIGHT = "change = paid_cents - price_cents\ncoins = change // 50\n";
const WRONG = "change = paid_cents - price_cents\ncoins = change / 50\n";

/** What the browser keeps for the account to come, under its learner's name. */
const waiting = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => /^lectern:(?:attempt|mark):/.test(key)));

/** Until the lesson, its tests and Python are there without a network. */
function untilKept(page: Page): Promise<unknown> {
  return page.waitForFunction(async (path) => {
    if (!navigator.serviceWorker.controller) return false;
    const [kept, languages] = [await caches.open("lectern-personal"), await caches.open("lectern-runtimes")];
    const found = await Promise.all([
      kept.match(path, { ignoreVary: true }),
      kept.match(`${path}/exercises`, { ignoreVary: true }),
      languages.match("/workers/python.js", { ignoreVary: true }),
    ]);
    const pictures = [...document.querySelectorAll<HTMLImageElement>("main img")];
    const drawn = await Promise.all(pictures.map(({ src }) => kept.match(src, { ignoreVary: true })));
    const files = await languages.keys();
    return [...found, ...drawn].every(Boolean) && files.length >= 6;
  }, PYTHON);
}

/*
 * One learner's evening, since starting Python is what takes long: it starts once here, again after the program that its
 * clock ended, and once more without a network.
 */
test("Python runs, shows where it fails, passes, is stopped, and goes on without a network", async ({
  page,
  context,
  make,
  learner,
  joinShipped,
}) => {
  test.setTimeout(240_000);
  await joinShipped("python-from-zero");
  const asked = watchRuntimes(page);
  await page.goto(PYTHON);
  const part = exercise(page, "Change due");
  const press = (name: string) => part.getByRole("button", { name, exact: true }).click();

  await test.step("nothing of Python loads before it is used", async () => {
    await openEditor(part);
    expect(asked).toEqual([]);
  });

  await test.step("a starter without a line of one's own runs, and has no value yet", async () => {
    await press("Run");
    await expect(part.getByRole("heading", { name: "Your program ran" })).toBeVisible({ timeout: 60_000 });
    await expect(part.getByText("change has no value yet.")).toBeVisible();
  });

  await test.step("a run shows what was printed, and the line that failed", async () => {
    await write(page, part, "print('hello')\nchange = paid_cents - price_cents\ncoins = chnge // 50\n");
    await press("Run");
    await expect(part.getByRole("heading", { name: "It ended with an error" })).toBeVisible({
      timeout: 60_000,
    });
    await expect(part.getByRole("region", { name: "Output" })).toHaveText("hello");
    await expect(part.getByText("NameError: name 'chnge' is not defined").first()).toBeVisible();
    await expect(part.locator(".cm-error-line")).toHaveText(/chnge/);
  });

  await test.step("input() is answered", async () => {
    await write(page, part, "name = input('Name? ')\nprint('Hello', name)\nchange = coins = 0\n");
    await press("Run");
    await expect(part.getByLabel("Name?")).toBeFocused();
    await part.getByLabel("Name?").fill("Ada");
    await page.keyboard.press("Enter");
    await expect(part.getByRole("region", { name: "Output" })).toContainText("Hello Ada");
    await expect(part.getByRole("button", { name: "Run", exact: true })).toBeFocused();
  });

  await test.step("an error before the tests is told once, and Submit stays where it was pressed", async () => {
    await write(page, part, "change = = 3\n");
    const submit = part.getByRole("button", { name: "Submit" });
    await submit.scrollIntoViewIfNeeded();
    const before = await submit.boundingBox();
    await submit.click();
    await expect(part.getByRole("heading", { name: "An error came before the tests" })).toBeVisible();
    await expect(part.getByText("SyntaxError").filter({ visible: true })).toHaveCount(1);
    await expect(part.getByText(", not run")).toHaveCount(3);
    expect((await submit.boundingBox())?.y).toBe(before?.y);
  });

  await test.step("a wrong answer shows input, expected and got; a right one is kept", async () => {
    await write(page, part, WRONG);
    await press("Submit");
    await expect(part.getByRole("heading", { name: "2 of 3 tests failed" })).toBeVisible();
    await expect(part.getByText("(170, 3.4)")).toBeVisible();
    await write(page, part, RIGHT);
    await press("Submit");
    await expect(part.getByRole("heading", { name: "All 3 tests passed" })).toBeVisible();
    await expect(part.getByText("Passed and saved")).toBeVisible();
    await press("Show the solution");
    await expect(part.getByRole("region", { name: "Solution" })).toContainText("change // 50");
    await expect(part.getByRole("region", { name: "Solution" })).toBeFocused();
    await expect(part.getByText("counts how many times 50 fits completely into it")).toBeVisible();
    await expect
      .poll(async () => (await make.attempts(learner)).map(({ passed }) => passed))
      .toEqual([false, false, true]);
    await write(page, part, "print('hello')\n");
    await press("Run");
    await expect(part.getByRole("heading", { name: "Your program ran" })).toBeVisible();
    await expect(part.getByText("You have passed this exercise; that is saved.")).toBeVisible();
    await expect(part.getByText("Passed and saved")).toHaveCount(0);
  });

  await test.step("an endless loop ends by the clock, or by the button", async () => {
    await write(page, part, "while True:\n    pass\n");
    await press("Run");
    await expect(part.getByRole("heading", { name: "Stopped after 5 seconds" })).toBeVisible();
    await write(page, part, "print('begun', flush=True)\nwhile True:\n    pass\n");
    await press("Run");
    await expect(part.getByRole("region", { name: "Output" })).toHaveText("begun", { timeout: 60_000 });
    await press("Stop");
    await expect(part.getByRole("heading", { name: "Stopped", exact: true })).toBeVisible();
  });

  await test.step("the draft survives a reload, and a reset can be undone", async () => {
    await write(page, part, RIGHT);
    await untilKept(page);
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByRole("heading", { name: "Values and names", level: 1 })).toBeVisible();
    await part.scrollIntoViewIfNeeded();
    await expect(editorOf(part)).toContainText("coins = change // 50");
    await press("Reset to the starter");
    await expect(editorOf(part)).toContainText("Write your lines below");
    await press("Undo");
    await expect(editorOf(part)).toContainText("coins = change // 50");
  });

  await test.step("without a network it grades, keeps and ticks", async () => {
    await press("Submit");
    await expect(part.getByRole("heading", { name: "All 3 tests passed" })).toBeVisible({ timeout: 60_000 });
    await expect(part.getByText("kept in this browser and sent once")).toBeVisible();
    await page.getByRole("button", { name: "Mark as complete" }).click();
    await expect(page.getByText("Completed", { exact: true })).toBeVisible();
    await expect(page.getByText("Kept in this browser, and sent once")).toBeVisible();
    await page.reload();
    await expect(page.getByText("Completed", { exact: true })).toBeVisible();
    expect([(await make.attempts(learner)).length, await make.ticks(learner)]).toEqual([3, []]);
  });

  await test.step("with one again, both are sent, once", async () => {
    await context.setOffline(false);
    await expect.poll(() => make.ticks(learner), { timeout: 45_000 }).toEqual(["values-and-names"]);
    await expect(page.getByText("Kept in this browser, and sent once")).toHaveCount(0);
    // What is not here any more is not sent again.
    await expect.poll(() => waiting(page)).toEqual([]);
    expect((await make.attempts(learner)).map(({ passed }) => passed)).toEqual([false, false, true, true]);
  });
});

test("a stranger may try the exercises of a preview, and is told that nothing is kept", async ({ page }) => {
  await page.goto(PYTHON);
  const part = exercise(page, "Change due");
  await openEditor(part);
  await expect(part.getByText("and is not saved")).toBeVisible();
});

test("SQL runs, shows its rows and where it fails, and passes on other rows too", async ({
  page,
  make,
  learner,
  joinShipped,
  isMobile,
}) => {
  await joinShipped("sql-from-questions");
  const asked = watchRuntimes(page);
  await page.goto(SQL);
  const part = exercise(page, "Book spines");
  await openEditor(part);
  expect(asked).toEqual([]);
  await part.getByText("Tables").click();
  const tables = part.getByRole("group").filter({ hasText: "Tables" });
  await expect(tables.getByText("title", { exact: true })).toBeVisible();

  await expect(part.getByText("The solution opens after three submissions")).toBeVisible();
  await part.getByText("Show a hint").click();
  await expect(part.getByText("Name the two columns after SELECT, the table after FROM.")).toBeVisible();
  await part.getByText("Show another hint").click();
  await expect(part.getByText("how many rows should there be?")).toBeVisible();

  await write(page, part, "SELECT titel\nFROM books");
  await part.getByRole("button", { name: "Run" }).click();
  await expect(part.getByText("no such column: titel")).toBeVisible();
  await expect(part.getByText("Line 1, character 8")).toBeVisible();

  await write(page, part, "SELECT DISTINCT title, author FROM books");
  // Android's own keyboards have no such keys, and the editor leaves Enter to them.
  if (isMobile) await part.getByRole("button", { name: "Run" }).click();
  else await page.keyboard.press("ControlOrMeta+Enter");
  await expect(part.getByRole("region", { name: "Result, 12 rows" })).toContainText("The Salt Orchard");
  // A query is tried on fresh data: a slip spoils nothing.
  await write(page, part, "UPDATE books SET title = 'gone'");
  await part.getByRole("button", { name: "Run" }).click();
  await expect(part.getByText("rows changed.")).toBeVisible();
  await write(page, part, "SELECT DISTINCT title, author FROM books");
  await part.getByRole("button", { name: "Run" }).click();
  await expect(part.getByRole("region", { name: "Result, 12 rows" })).toContainText("The Salt Orchard");

  await part.getByRole("button", { name: "Submit" }).click();
  await expect(part.getByRole("heading", { name: "1 of 2 tests failed" })).toBeVisible();
  await expect(part.getByText("13 rows expected, 12 came.")).toBeVisible();
  await expectSoundPage(page, "a lesson with a failed exercise", isMobile);

  await write(page, part, "SELECT title, author FROM books");
  await part.getByRole("button", { name: "Submit" }).click();
  await expect(part.getByRole("heading", { name: "All 2 tests passed" })).toBeVisible();
  await expect
    .poll(async () => (await make.attempts(learner)).map(({ passed }) => passed))
    .toEqual([false, true]);

  // The keyboard gets out again: Tab indents, after Escape it leaves.
  await editorOf(part).click();
  await page.keyboard.press("Tab");
  await expect(editorOf(part)).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(editorOf(part)).not.toBeFocused();

  await test.step("what was written to the data stays until it is restored", async () => {
    await page.goto(`${SQL}/change-rows-safely`);
    const loan = exercise(page, "Return a loan");
    const run = async (statements: string) => {
      await write(page, loan, statements);
      await loan.getByRole("button", { name: "Run" }).click();
    };
    const read = "SELECT id, returned_on FROM loans WHERE id = 10";
    const result = loan.getByRole("region", { name: "Result, 1 row" });
    await run(`UPDATE loans SET returned_on = '2026-03-12' WHERE id = 10;\n${read}`);
    await expect(loan.getByText("1 row changed.")).toBeVisible();
    await expect(result).toContainText("2026-03-12");
    await run(read);
    await expect(loan.getByText("1 row changed.")).toHaveCount(0);
    await expect(result).toContainText("2026-03-12");
    await loan.getByRole("button", { name: "Restore the data" }).click();
    await expect(result).toHaveCount(0);
    await loan.getByRole("button", { name: "Run" }).click();
    await expect(result).toContainText("10");
    await expect(result).not.toContainText("2026-03-12");
  });
});

test("a pass by fewer tests than there are by now is not called one, and is submitted again", async ({
  page,
  make,
  learner,
  joinCourse,
}) => {
  const course = await joinCourse({ courseType: "sql" });
  await make.plan(course, 1);
  await page.goto(`/learn/${course.slug}/${course.lessons[0]?.slug}`);
  const part = exercise(page, "Titles");
  const submit = part.getByRole("button", { name: "Submit" });
  const solution = part.getByText("The solution opens after");
  await openEditor(part);
  await write(page, part, "SELECT title FROM books");
  await expect(part.getByText("Draft saved", { exact: true })).toBeVisible();

  await make.plan(course, 2);
  await submit.click();
  await expect(part.getByRole("heading", { name: "The test passed" })).toBeVisible();
  await expect(part.getByText("This exercise has new tests: reload the page")).toBeVisible();
  await expect(part.getByText("Passed and saved")).toHaveCount(0);
  await expect(solution).toBeVisible();

  await page.reload();
  await openEditor(part);
  await expect(editorOf(part)).toContainText("SELECT title FROM books");
  await submit.click();
  await expect(part.getByRole("heading", { name: "All 2 tests passed" })).toBeVisible();
  await expect(part.getByText("Passed and saved")).toBeVisible();
  await expect(solution).toHaveCount(0);
  expect((await make.attempts(learner)).map(({ passed }) => passed)).toEqual([false, true]);
});

test.describe("data that cannot be fetched", () => {
  test.use({ serviceWorkers: "block" });

  test("is said to be missing, and comes by a button or with the network", async ({
    page,
    context,
    joinShipped,
  }) => {
    await joinShipped("sql-from-questions");
    const data = "**/learn/datasets/*";
    let asked = 0;
    await page.route(data, (route) => {
      asked += 1;
      return route.abort();
    });
    const part = exercise(page, "Book spines");
    const tables = part.getByRole("group").filter({ hasText: "Tables" });
    const status = tables.getByRole("status");
    const again = tables.getByRole("button", { name: "Try again" });
    const columns = tables.getByRole("region", { name: "Tables and their columns" });
    await test.step("by the button, which keeps the focus until they are there", async () => {
      await page.goto(SQL);
      await openEditor(part);
      await part.getByText("Tables").click();
      await expect(status).toHaveText("The data could not be loaded.");
      await again.focus();
      const before = asked;
      await page.keyboard.press("Enter");
      await expect.poll(() => asked).toBeGreaterThan(before);
      await expect(status).toHaveText("The data could not be loaded.");
      await expect(again).toBeFocused();
      await page.unroute(data);
      await page.keyboard.press("Enter");
      await expect(columns.getByText("title", { exact: true })).toBeVisible();
      await expect(columns).toBeFocused();
      await expect(again).toHaveCount(0);
    });

    await test.step("by themselves, when the network returns", async () => {
      await page.goto(SQL);
      await openEditor(part);
      await context.setOffline(true);
      await part.getByText("Tables").click();
      await expect(status).toHaveText("The data could not be loaded.");
      await context.setOffline(false);
      await expect(columns.getByText("title", { exact: true })).toBeVisible();
      await expect(columns).not.toBeFocused();
    });

    await test.step("what cannot be restored says so", async () => {
      await page.goto(`${SQL}/change-rows-safely`);
      const loan = exercise(page, "Return a loan");
      await openEditor(loan);
      await context.setOffline(true);
      await loan.getByRole("button", { name: "Restore the data" }).click();
      await expect(loan.getByText("SQLite could not be loaded. Check the network")).toBeVisible();
      await context.setOffline(false);
      await loan.getByRole("button", { name: "Restore the data" }).click();
      await expect(loan.getByText("SQLite could not be loaded.")).toHaveCount(0);
    });
  });
});
