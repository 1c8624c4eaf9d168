import type { Page, Route } from "@playwright/test";
import { expect, test } from "./fixtures/test";
import { exercise, openEditor } from "./fixtures/workbench";

const LESSON = "/learn/python-from-zero/values-and-names";

const quizOf = (page: Page) => page.getByRole("region", { name: "Check yourself" });

test("questions are answered first and explained after", async ({ page, joinShipped }) => {
  await joinShipped("python-from-zero");
  const answers = await page.goto(LESSON);
  expect(await answers?.text()).not.toContain("looked up the value of");
  const quiz = quizOf(page);
  await quiz.getByRole("button", { name: "Check answer" }).click();
  await expect(quiz.getByText("Answer every question first.")).toBeVisible();
  await quiz.getByRole("radio", { name: "9" }).check();
  await quiz.getByRole("button", { name: "Check answer" }).click();
  await expect(quiz.getByRole("status").filter({ hasText: "0 of 1 right." })).toBeFocused();
  await expect(quiz.getByText("looked up the value of")).toBeVisible();
  await quiz.getByRole("button", { name: "Answer again" }).click();
  await expect(quiz.getByRole("radio").first()).toBeFocused();
  await quiz.getByRole("radio", { name: "5" }).check();
  await quiz.getByRole("button", { name: "Check answer" }).click();
  await expect(quiz.getByText("All right.")).toBeVisible();
  await page.reload();
  await expect(quiz.getByText("1 of 1 right")).toBeVisible();
});

test.describe("answers that do not arrive", () => {
  // What the page sends is kept from arriving here, not in its worker.
  test.use({ serviceWorkers: "block" });

  test("stay in their fields, beside the reason, and are sent by the next press", async ({
    page,
    joinShipped,
  }) => {
    await joinShipped("python-from-zero");
    await page.goto(LESSON);
    // A form that no script has reached yet would be posted by the browser itself.
    await openEditor(exercise(page, "Change due"));
    const quiz = quizOf(page);
    const chosen = quiz.getByRole("radio", { name: "9" });
    const check = quiz.getByRole("button", { name: "Check answer" });
    const failures: ((route: Route) => Promise<void>)[] = [
      (route) => route.abort(),
      // Newer than the page: it does not know the page's action.
      (route) => route.fulfill({ status: 404, headers: { "x-nextjs-action-not-found": "1" } }),
    ];
    await chosen.check();
    for (const fail of failures) {
      let asked = 0;
      await page.route(`**${LESSON}`, async (route) => {
        if (route.request().method() !== "POST") return route.fallback();
        asked += 1;
        return fail(route);
      });
      await check.click();
      await expect.poll(() => asked).toBe(1);
      await expect(quiz.getByRole("alert")).toContainText("The answers could not be sent.");
      await expect(chosen).toBeChecked();
      await page.unroute(`**${LESSON}`);
    }
    await check.click();
    await expect(quiz.getByText("0 of 1 right.")).toBeVisible();
  });
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("questions are posted, refused and graded", async ({ page, joinShipped }) => {
    await joinShipped("python-from-zero");
    await page.goto(LESSON);
    const quiz = quizOf(page);
    const check = quiz.getByRole("button", { name: "Check answer" });
    await check.click();
    await expect(quiz.getByText("Answer every question first.")).toBeVisible();
    await quiz.getByRole("radio", { name: "9" }).check();
    await check.click();
    await expect(quiz.getByText("0 of 1 right.", { exact: true })).toBeVisible();
    await expect(quiz.getByText("Your answers are kept.")).toBeVisible();
  });
});
