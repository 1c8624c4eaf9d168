import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { readGitHubUser } from "@/lib/identity/github-user";

let answers: Readonly<Record<string, unknown>> = {};
const asked: (string | undefined)[] = [];
const api = createServer((request, response) => {
  asked.push(request.headers.authorization);
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answers[request.url ?? ""] ?? { message: "Not Found" }));
});
await new Promise<void>((ready) => api.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
afterAll(() => api.close());

const user = { id: 7, login: "mira", name: null };
const other = { email: "old@example.org", primary: false, verified: true };
const read = (emails: unknown) => {
  answers = { "/user": user, "/user/emails": emails };
  return readGitHubUser("gho_token", address);
};

test("the first address counts where GitHub has proved it, and no other does", async () => {
  const primary = { email: "mira@example.org", primary: true, verified: true };
  expect(await read([other, primary])).toEqual({ ...user, email: "mira@example.org", email_verified: true });
  for (const emails of [[other, { ...primary, verified: false }], [other], [], { message: "Forbidden" }])
    expect(await read(emails)).toEqual({ ...user, email: null, email_verified: false });
  expect(new Set(asked)).toEqual(new Set(["Bearer gho_token"]));
});

test("an answer that names nobody is nobody", async () => {
  answers = { "/user": { message: "Bad credentials" } };
  await expect(readGitHubUser("gho_token", address)).rejects.toThrow();
});
