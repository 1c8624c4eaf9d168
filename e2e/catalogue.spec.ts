import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const titles = (page: Page) => page.getByRole("main").getByRole("heading", { level: 2 });

/** Fills in the search form and sends it. */
async function search(page: Page, words: string, choose: () => Promise<void> = async () => {}) {
  const form = page.getByRole("search", { name: "Courses" });
  await form.getByRole("searchbox", { name: "Search" }).fill(words);
  await choose();
  await form.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/\/courses\/search\?/);
}

for (const scripts of ["with", "without"] as const) {
  test.describe(`${scripts} JavaScript`, () => {
    test.use({ javaScriptEnabled: scripts === "with" });

    test("courses are found by words and narrowed by filters, which live in the address", async ({
      page,
    }) => {
      await page.goto("/courses");
      await expect(titles(page).filter({ hasText: "Testing Python" })).toBeVisible();
      await search(page, "mocks");
      await expect(titles(page).filter({ hasText: "Testing Python" })).toBeVisible();
      await expect(titles(page).filter({ hasText: "Joins and windows" })).toHaveCount(0);

      await search(page, "", async () => {
        await page.getByText("SQL", { exact: true }).first().click();
        await page.getByRole("combobox", { name: "Price" }).selectOption("Free");
        await page.getByRole("combobox", { name: "Level" }).selectOption("Beginner");
      });
      await expect(page).toHaveURL(/type=sql/);
      await expect(page).toHaveURL(/price=free/);
      await expect(titles(page).filter({ hasText: "SQL from questions" })).toBeVisible();
      await expect(titles(page).filter({ hasText: "Python from zero" })).toHaveCount(0);
      await expect(titles(page).filter({ hasText: "Joins and windows" })).toHaveCount(0);

      const set = page.getByRole("list", { name: "Filters that are set" });
      await set.getByRole("link", { name: "Remove the filter Free" }).click();
      await expect(page).not.toHaveURL(/price=/);
      await expect(set.getByRole("link", { name: "Remove the filter Free" })).toHaveCount(0);
      await set.getByRole("link", { name: "Remove the filter Beginner" }).click();
      await expect(titles(page).filter({ hasText: "Joins and windows" })).toBeVisible();
      await set.getByRole("link", { name: "Clear all" }).click();
      await expect(page).toHaveURL("/courses");
    });

    test("a search that finds nothing says what to try", async ({ page }) => {
      await page.goto("/courses");
      await search(page, "zeppelin");
      await expect(page.getByRole("heading", { name: "Nothing found for “zeppelin”" })).toBeVisible();
      await expect(page.getByRole("status").filter({ hasText: "0 courses match" })).toBeVisible();
      await page.getByRole("link", { name: "Show all courses" }).click();
      await expect(page).toHaveURL("/courses");
    });
  });
}

test("courses are sorted by their price", async ({ page, make }) => {
  const unique = (await make.course({ price: 700 })).title;
  await page.goto("/courses");
  await search(page, "", async () => {
    await page.getByRole("combobox", { name: "Price" }).selectOption("Paid");
    await page.getByRole("combobox", { name: "Sort by" }).selectOption("Price, low to high");
  });
  await expect(titles(page).filter({ hasText: unique })).toBeVisible();
  const prices = await page
    .getByRole("main")
    .getByText(/^\$\d+\.\d\d$/)
    .allInnerTexts();
  const amounts = prices.map((price) => Number(price.slice(1)));
  expect(amounts.length).toBeGreaterThan(2);
  expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
});

test("from the home page into a course: what it teaches, its outline, its price", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("main").getByRole("link", { name: "Browse the courses" }).click();
  await expect(page.getByRole("heading", { name: "Courses", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Testing Python", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Testing Python", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What you will be able to do" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Outline" })).toContainText("A test that can fail");
  await expect(page.getByRole("complementary", { name: "Buy this course" })).toContainText("$49.00");
  await expect(page).toHaveTitle(/^Testing Python · /);
});

test("an address that leads nowhere is a 404 that helps on", async ({ page }) => {
  for (const address of ["/courses/no-such-course", "/learn/no-such-course/no-lesson", "/nowhere"]) {
    expect((await page.goto(address))?.status(), address).toBe(404);
    await expect(page.getByRole("heading", { name: "This page is not in the book." })).toBeVisible();
    await expect(page).toHaveTitle(/^Page not found · /);
  }
  await page.getByRole("searchbox", { name: "Search the courses" }).fill("joins");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await expect(titles(page).filter({ hasText: "Joins and windows" })).toBeVisible();
});

test("the chosen theme lasts over pages and visits", async ({ page, isMobile }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const press = async (from: string) => {
    const banner = page.getByRole("banner");
    if (isMobile && !(await banner.getByRole("button", { name: /^Theme/ }).isVisible()))
      await banner.getByLabel("Menu").click();
    await banner.getByRole("button", { name: `Theme: ${from}` }).click();
  };
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/");
  const light = await paper();
  await press("system");
  await press("light");
  await expect.poll(paper).not.toBe(light);
  const dark = await paper();
  for (const address of ["/courses", "/cart", "/"]) {
    await page.goto(address);
    expect(await paper(), address).toBe(dark);
  }
  await press("dark");
  await expect.poll(paper).toBe(light);
});

test("the theme that was chosen stays where a page is missing", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/courses");
  await page.evaluate(() => localStorage.setItem("theme", "dark"));
  for (const missing of ["/courses/nope", "/certificates/nope", "/nowhere"]) {
    await page.goto(missing);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  }
});
