import { createReadStream } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { findBrowser } from "../e2e/support/browser";
import { PYTHON_RELEASE, RUNTIME_FILES } from "../lib/exercises/runtimes";
import { compare, type Figure } from "./figures";
import { measureLessonPage } from "./lesson-page";
import type { BenchShop } from "./start-shop";

const ROUNDS = 5;
/** A free preview: nobody needs to be signed in. */
const LESSON = "/learn/python-from-zero/values-and-names";

/**
 * Lessons: what their page takes on the server; how long Python takes from the first click into an editor until it is ready, against a page that does nothing but
 * start Pyodide in a worker, both in a browser that has nothing cached; and what of the runtimes a mere reader loads, from the first paint to the end of the page.
 */
export async function* measureLearning(shop: BenchShop): AsyncGenerator<Figure> {
  yield* measureLessonPage(shop);
  const bare = await startBarePython();
  const { executablePath, args, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args: [...args], env: { ...process.env, ...env } });
  try {
    const start = () => inFreshPage(browser, (page) => startPython(page, shop.origin));
    const bareStart = () => inFreshPage(browser, (page) => startBare(page, bare.origin));
    await start();
    await bareStart();
    const times = await compare(ROUNDS, start, bareStart);
    yield { name: "python:ready", ...times, unit: "ms", goal: { atMost: 1.3 } };
    const loaded = await inFreshPage(browser, (page) => readOnly(page, shop.origin));
    yield {
      name: "python:loaded-by-readers",
      ours: loaded,
      ceiling: 1,
      unit: "files",
      ratio: loaded,
      goal: { atMost: 0 },
    };
  } finally {
    await browser.close();
    await bare.close();
  }
}

async function inFreshPage<T>(browser: Browser, measure: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    return await measure(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Milliseconds from the click to "ready", by the page's own clock. */
async function startPython(page: Page, origin: string): Promise<number> {
  await page.goto(origin + LESSON);
  const editor = page.getByRole("textbox", { name: /^Your code/ }).first();
  await page.locator("section[id^=exercise-]").first().scrollIntoViewIfNeeded();
  await editor.waitFor();
  // What a reader's browser does in the meantime is done.
  await page.waitForLoadState("networkidle");
  return editor.evaluate(async (element) => {
    const started = performance.now();
    element.focus();
    while (!document.querySelector('[data-runtime="ready"]')) await new Promise(requestAnimationFrame);
    return performance.now() - started;
  });
}

async function startBare(page: Page, origin: string): Promise<number> {
  await page.goto(origin);
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const started = performance.now();
        const worker = new Worker("/worker.mjs", { type: "module" });
        worker.onerror = () => reject(new Error("The bare worker failed."));
        worker.onmessage = () => resolve(performance.now() - started);
      }),
  );
}

/** Files of a runtime that are asked for by whoever reads to the end without touching an exercise. */
async function readOnly(page: Page, origin: string): Promise<number> {
  let asked = 0;
  page.on("request", (request) => {
    if (/^\/(?:runtime|workers)\//.test(new URL(request.url()).pathname)) asked += 1;
  });
  await page.goto(origin + LESSON);
  await page.locator("section[id^=exercise-]").first().scrollIntoViewIfNeeded();
  await page
    .getByRole("textbox", { name: /^Your code/ })
    .first()
    .waitFor();
  await page.waitForLoadState("networkidle");
  return asked;
}

const WORKER = `import { loadPyodide } from "/${PYTHON_RELEASE}/pyodide.mjs";
loadPyodide({ indexURL: "/${PYTHON_RELEASE}/" }).then(() => postMessage("ready"));`;

async function startBarePython() {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname.slice(1);
    const file = RUNTIME_FILES.get(path);
    if (file) {
      response.setHeader("Content-Type", file.type);
      createReadStream(join("node_modules", file.source)).pipe(response);
    } else if (path === "worker.mjs") response.setHeader("Content-Type", "text/javascript").end(WORKER);
    else response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Bare</title>");
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(closed);
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((ready) => {
    server.listen(0, "127.0.0.1", () => ready((server.address() as AddressInfo).port));
  });
}
