import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { startBarePage } from "./bare-page";
import { compare, type Figure } from "./figures";
import type { BenchShop } from "./start-shop";

const ROUNDS = 7;
const SECONDS = 2;
const CONNECTIONS = 10;
const LEAST_RATIO = 0.9;
/** gzip. The framework alone is some 132 kB. */
const MOST_JAVASCRIPT_KB = 145;

/** Public pages: requests per second, and the JavaScript that a first visit loads, each against a bare page. */
export async function* measurePages(shop: BenchShop): AsyncGenerator<Figure> {
  const bare = await startBarePage();
  try {
    const pages = ["/", "/courses", await findCoursePage(shop.origin), "/pricing"];
    for (const page of pages) {
      const url = shop.origin + page;
      await warm(url);
      await warm(bare.url);
      const rates = await compare(
        ROUNDS,
        () => requestsPerSecond(url),
        () => requestsPerSecond(bare.url),
      );
      yield { name: `page:${label(page)}`, ...rates, unit: "/s", goal: { atLeast: LEAST_RATIO } };
    }
    const floor = await javascriptOf(bare.url);
    for (const page of pages) {
      const ours = await javascriptOf(shop.origin + page);
      const goal = { atMost: MOST_JAVASCRIPT_KB / floor };
      yield { name: `javascript:${label(page)}`, ours, ceiling: floor, unit: "kB", goal };
    }
  } finally {
    await bare.close();
  }
}

const label = (page: string) => page.replace(/^\/courses\/.+/, "/courses/[slug]");

async function findCoursePage(origin: string): Promise<string> {
  const page = /href="(\/courses\/(?!search)[a-z0-9-]+)"/.exec(await read(`${origin}/courses`))?.[1];
  if (!page) throw new Error("The shelf shows no course.");
  return page;
}

async function read(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}

/** Until it comes from the cache, and the code that serves it is compiled. */
async function warm(url: string): Promise<void> {
  await requestsPerSecond(url, 1);
  const answer = await fetch(url);
  await answer.text();
  if (answer.headers.get("x-nextjs-cache") !== "HIT") throw new Error(`${url} is not served from the cache.`);
}

const cannon = z.object({
  requests: z.object({ average: z.number() }),
  non2xx: z.number(),
  errors: z.number(),
});

/** Measured from another process. */
async function requestsPerSecond(url: string, seconds = SECONDS): Promise<number> {
  const program = resolve("node_modules", "autocannon", "autocannon.js");
  const args = [program, "--json", "--connections", String(CONNECTIONS), "--duration", String(seconds), url];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  const { requests, non2xx, errors } = cannon.parse(JSON.parse(stdout));
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers were not 2xx, ${errors} failed.`);
  return requests.average;
}

/** kB (1000 bytes) of gzip over all scripts that the page's HTML loads in a browser of today. */
async function javascriptOf(url: string): Promise<number> {
  const html = await read(url);
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  const sources = tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .map((tag) => /\ssrc="([^"]+)"/.exec(tag)?.[1])
    .filter((source) => source !== undefined);
  const sizes = await Promise.all(
    [...new Set(sources)].map(async (source) => gzipSync(await read(new URL(source, url).href)).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}
