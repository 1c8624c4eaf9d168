import { readFile } from "node:fs/promises";
import { isGenuine } from "../lib/certificates/data-integrity";
import { credentialSchema } from "../lib/certificates/schema";
import { readMultikey } from "../lib/certificates/signing-key";
import { expectSoundPage } from "./fixtures/sound-page";
import { expect, test } from "./fixtures/test";
import { exercise, openEditor, write } from "./fixtures/workbench";

test("a completed course gives a certificate that anybody can check, until it is refunded", async ({
  page,
  make,
  learner,
  openBrowser,
  joinCourse,
  isMobile,
}) => {
  const course = await joinCourse();
  for (const { slug } of course.lessons) {
    await page.goto(`/learn/${course.slug}/${slug}`);
    await page.getByRole("button", { name: "Mark as complete" }).click();
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  }
  await expect(page.getByText(`You have completed ${course.title}.`)).toBeVisible();
  await page.getByRole("link", { name: "See your certificate" }).click();
  await expect(page.getByRole("heading", { name: learner.name, level: 1 })).toBeVisible();
  const address = page.url();
  await page.goto("/account/courses");
  await expect(page.getByRole("list", { name: "Completed" })).toContainText(course.title);
  await page.goBack();

  const paper = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download PDF" }).click();
  const pdf = await readFile(await (await paper).path());
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");

  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Open Badge" }).click();
  const credential = credentialSchema.parse(JSON.parse(await readFile(await (await file).path(), "utf8")));
  const [issuer, multikey = ""] = credential.proof.verificationMethod.split("#");
  const profile = await (await page.request.get(issuer ?? "")).json();
  expect(
    profile.assertionMethod.map((key: { publicKeyMultibase: string }) => key.publicKeyMultibase),
  ).toContain(multikey);
  const key = readMultikey(multikey);
  if (!key) throw new Error("no key");
  expect(isGenuine(credential, key)).toBe(true);
  expect(isGenuine({ ...credential, name: "Another course" }, key)).toBe(false);
  expect(credential.id).toBe(address);

  const stranger = await (await openBrowser()).newPage();
  await stranger.goto(address);
  await expect(stranger.getByText("Valid, signature checked now")).toBeVisible();
  for (const words of [learner.name, course.title, "3 lessons, 0 exercises.", "nobody supervised the work"])
    await expect(stranger.getByRole("main")).toContainText(words);
  await expectSoundPage(page, "certificate", isMobile);
  expect(await (await page.request.get(`${address}/status`)).json()).toMatchObject({ revokedCredential: [] });

  await make.endSeat(learner, course);
  await stranger.reload();
  await expect(stranger.getByText("This certificate is not valid any more.")).toBeVisible();
  await expect(stranger.getByText("The course was refunded.")).toBeVisible();
  expect((await page.request.get(`${address}/pdf`)).status()).toBe(410);
  expect((await page.request.get(`${address}/badge`)).status()).toBe(410);
  await page.reload();
  await expectSoundPage(page, "certificate of a refunded course", isMobile);
});

test("the last exercise, passed after every lesson, completes the course", async ({
  page,
  make,
  learner,
  joinCourse,
  isMobile,
}) => {
  const course = await joinCourse({ courseType: "sql" });
  await make.query(course);
  await make.study(learner, course, { lessons: [2, 1, 1] });
  const [first] = course.lessons;
  await page.goto(`/learn/${course.slug}/${first?.slug}`);
  const part = exercise(page, "Titles");
  await openEditor(part);
  const done = page.getByText(`You have completed ${course.title}.`);
  const certificate = page.getByRole("link", { name: "See your certificate" });
  await expect(page.getByText("Completed", { exact: true })).toBeVisible();
  await expect(done).toHaveCount(0);

  await write(page, part, "SELECT DISTINCT title FROM books");
  await part.getByRole("button", { name: "Submit" }).click();
  await expect(part.getByRole("heading", { name: "1 of 2 tests failed" })).toBeVisible();
  await expect(part.getByText("Graded by tests in your browser.")).toBeVisible();
  await expect(done).toHaveCount(0);
  await write(page, part, "SELECT title FROM books");
  await part.getByRole("button", { name: "Submit" }).click();
  await expect(part.getByRole("heading", { name: "All 2 tests passed" })).toBeVisible();
  // The page says so by itself: nothing was ticked, and nothing is opened again.
  await expect(done).toBeVisible();
  // The bar that stays above covers half a control where the page happens to stand.
  await page.evaluate(() => window.scrollTo(0, 0));
  await expectSoundPage(page, "a course completed by an exercise", isMobile);

  await certificate.click();
  await expect(page.getByRole("heading", { name: learner.name, level: 1 })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("3 lessons, 1 exercise.");
  await page.goto("/account/courses");
  await expect(page.getByRole("list", { name: "Completed" })).toContainText(course.title);
});
