import { createServer, type IncomingHttpHeaders, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { waitUntil } from "../../sandbox/process";
import { PageShelf } from "../../scripts/page-shelf";

/** What Next says of a static page. */
const STATIC = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "s-maxage=3600, stale-while-revalidate=31532400",
  "x-nextjs-prerender": "1",
  "x-nextjs-cache": "MISS",
};

/** Headers one by one, as Next sets them. */
function reply(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

let server: Server;
let shelf: PageShelf;
let origin = "";
let text = "";
let asked: string[] = [];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  text = "<p>first</p>".repeat(200);
  asked = [];
  answer = (response) => reply(response, 200, STATIC, text);
  shelf = new PageShelf(
    async (visit, response) => {
      asked.push(visit.url ?? "");
      answer(response);
    },
    () => origin,
  );
  server = createServer((visit, response) => void shelf.answer(visit, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function visit(path: string, headers: IncomingHttpHeaders = {}, method = "GET") {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    request(origin + path, { headers, method }, async (response) =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: await buffer(response),
      }),
    )
      .once("error", reject)
      .end();
  });
}

/** The first visit is answered by Next; soon after it the page stands on the shelf. */
async function shelve(path: string): Promise<void> {
  await visit(path);
  expect(await waitUntil(async () => (await visit(path)).headers["x-nextjs-cache"] === "HIT", 5_000)).toBe(
    true,
  );
}

test("a static page is sent from the shelf in the visitor's encoding, and Next is not asked again", async () => {
  await shelve("/courses");
  const before = asked.length;
  const plain = await visit("/courses");
  const zipped = await visit("/courses", { "accept-encoding": "gzip, deflate" });
  const small = await visit("/courses", { "accept-encoding": "gzip, deflate, br" });
  const refused = await visit("/courses", { "accept-encoding": "br;q=0, gzip" });
  expect(plain.body.toString()).toBe(text);
  expect(gunzipSync(zipped.body).toString()).toBe(text);
  expect(brotliDecompressSync(small.body).toString()).toBe(text);
  expect(refused.headers["content-encoding"]).toBe("gzip");
  expect(small.headers).toMatchObject({
    "content-type": STATIC["content-type"],
    "cache-control": STATIC["cache-control"],
    "content-length": String(small.body.length),
  });
  expect(asked.length).toBe(before);
});

test("a visitor who has the page already gets 304, and HEAD gets no body", async () => {
  await shelve("/");
  const { etag } = (await visit("/")).headers;
  expect((await visit("/", { "if-none-match": etag })).status).toBe(304);
  expect((await visit("/", { "if-none-match": 'W/"other"' })).status).toBe(200);
  const head = await visit("/", {}, "HEAD");
  expect([head.status, head.body.length, head.headers["content-length"]]).toEqual([
    200,
    0,
    String(Buffer.byteLength(text)),
  ]);
});

test("what is cleared is asked for anew, also when its page was on the way just then", async () => {
  await shelve("/");
  text = "<p>second</p>";
  expect((await visit("/")).body.toString()).toContain("first");
  shelf.clear();
  expect((await visit("/")).body.toString()).toBe("<p>second</p>");

  shelf.clear();
  let release = () => {};
  answer = (response) => {
    const old = text;
    release = () => reply(response, 200, STATIC, old);
  };
  const first = visit("/slow");
  await waitUntil(() => asked.includes("/slow"), 5_000);
  release();
  await first;
  // The shelf now asks for the page by itself: the catalogue changes before that answer comes.
  expect(await waitUntil(() => asked.filter((path) => path === "/slow").length === 2, 5_000)).toBe(true);
  shelf.clear();
  release();
  text = "<p>third</p>";
  answer = (response) => reply(response, 200, STATIC, text);
  expect((await visit("/slow")).body.toString()).toBe("<p>third</p>");
});

test.each([
  ["an error", 404, STATIC],
  ["a page with a cookie", 200, { ...STATIC, "set-cookie": "a=b" }],
  ["a page that no cache may keep", 200, { ...STATIC, "cache-control": "private, no-store" }],
  ["a page made for this request", 200, { ...STATIC, "x-nextjs-prerender": "0" }],
  ["a file", 200, { ...STATIC, "content-type": "image/svg+xml" }],
])("%s never stands on the shelf", async (_what, status, headers) => {
  answer = (response) => reply(response, status, headers, text);
  for (let time = 0; time < 3; time += 1)
    expect((await visit("/page")).headers["x-nextjs-cache"]).toBe("MISS");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await visit("/page")).headers["x-nextjs-cache"]).toBe("MISS");
});

test.each([
  ["a query", "/page?x=1", {}],
  ["a part of a page", "/page", { rsc: "1" }],
  ["a draft", "/page", { cookie: "__prerender_bypass=x" }],
  ["an API", "/api/viewer", {}],
])("%s goes past the shelf", async (_what, path, headers) => {
  await shelve("/page");
  const before = asked.length;
  expect((await visit(path, headers)).headers["x-nextjs-cache"]).toBe("MISS");
  expect(asked.length).toBe(before + 1);
});
