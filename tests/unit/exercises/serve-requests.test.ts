import { expect, test } from "vitest";
import type { WorkerMessage } from "@/lib/exercises/protocol";
import { serveRequests } from "@/lib/exercises/serve-requests";

function serve(language: Promise<string>, answer: (language: string, request: string) => Promise<null>) {
  const told: WorkerMessage[] = [];
  return { told, ask: serveRequests(language, answer, (message) => told.push(message)) };
}

test("A worker says that it is ready, and answers each request", async () => {
  const { told, ask } = serve(Promise.resolve("Python"), async () => null);
  await ask({ data: "run" });
  await ask({ data: "run" });
  const done = { type: "done", answer: null };
  expect(told).toEqual([{ type: "ready" }, done, done]);
});

test("A request that the language itself fails over is told as broken, not left to the clock", async () => {
  const { told, ask } = serve(Promise.resolve("Python"), async () => {
    throw new RangeError("memory access out of bounds");
  });
  await ask({ data: "run" });
  expect(told).toEqual([
    { type: "ready" },
    { type: "broken", reason: "RangeError: memory access out of bounds" },
  ]);
});

test("A language that cannot be loaded is told once, however much is asked of it", async () => {
  const { told, ask } = serve(Promise.reject(new Error("no network")), async () => null);
  await Promise.all([ask({ data: "run" }), ask({ data: "run" })]);
  expect(told).toEqual([{ type: "broken", reason: "Error: no network" }]);
});
