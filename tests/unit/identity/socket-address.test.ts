import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clientAddress } from "@/lib/identity/client-address";
import { believeSocketsOnly } from "@/lib/identity/socket-address";

let received: IncomingHttpHeaders = {};
const server = createServer((request, response) => {
  received = request.headers;
  response.end();
});

beforeAll(async () => {
  believeSocketsOnly();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

const claims = {
  "x-forwarded-for": "6.6.6.6, 7.7.7.7",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "https",
  "x-forwarded-port": "443",
  "x-real-ip": "6.6.6.6",
  forwarded: "for=6.6.6.6",
};

it("puts the socket's address in the place of what a client claims", async () => {
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`, { headers: claims });
  expect(received["x-forwarded-for"]).toBe("127.0.0.1");
  expect(clientAddress(String(received["x-forwarded-for"]))).toBe("127.0.0.1");
  expect(Object.keys(received).filter((name) => name in claims)).toEqual(["x-forwarded-for"]);
});

it("is there when the client claims nothing", async () => {
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`);
  expect(received["x-forwarded-for"]).toBe("127.0.0.1");
});
