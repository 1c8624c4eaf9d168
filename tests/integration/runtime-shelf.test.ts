import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { RuntimeShelf } from "@/scripts/runtime-shelf";

const shelf = new RuntimeShelf();
const server = createServer(async (request, response) => {
  if (!(await shelf.answer(request, response))) response.writeHead(404).end("not ours");
});
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
afterAll(() => server.close());
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const FILE = "/runtime/sqljs-1.16.0/sql-wasm-browser.wasm";
const bytes = readFileSync("node_modules/sql.js/dist/sql-wasm-browser.wasm");

test.each(["br", "gzip", "identity"])(
  "a runtime's file is whole, packed as %s, and kept for good",
  async (encoding) => {
    for (const _visit of [1, 2]) {
      const answer = await fetch(origin + FILE, { headers: { "accept-encoding": encoding } });
      expect(answer.headers.get("content-encoding")).toBe(encoding === "identity" ? null : encoding);
      expect(answer.headers.get("content-type")).toBe("application/wasm");
      expect(answer.headers.get("cache-control")).toContain("immutable");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    }
  },
);

test("the smallest is sent to whoever takes all of them, and a question about it has no body", async () => {
  const headers = { "accept-encoding": "gzip, deflate, br, zstd" };
  const answer = await fetch(origin + FILE, { method: "HEAD", headers });
  expect(answer.headers.get("content-encoding")).toBe("br");
  expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(100_000);
});

test("everything else is somebody else's", async () => {
  for (const path of ["/", "/runtime/", `${FILE}?x=1`, "/runtime/sqljs-1.16.0/..%2f..%2fpackage.json"])
    expect((await fetch(origin + path)).status, path).toBe(404);
  expect((await fetch(origin + FILE, { method: "POST" })).status).toBe(404);
});
