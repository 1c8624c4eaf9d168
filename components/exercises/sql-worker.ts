/// <reference lib="webworker" />
import initSqlJs, { type Database } from "sql.js";
import type { SqlRequest, WorkerMessage } from "@/lib/exercises/protocol";
import {
  buildDataset,
  type Dataset,
  describeSchema,
  openForTask,
  runSql,
  testSql,
} from "@/lib/exercises/run-sql";
import { SQLITE_RELEASE } from "@/lib/exercises/runtimes";

const tell = (message: WorkerMessage) => self.postMessage(message);

const sqlite = initSqlJs({ locateFile: (file) => `/runtime/${SQLITE_RELEASE}/${file}` });
tell({ type: "progress", fraction: 0.2, what: "Loading SQLite" });
sqlite.then(
  () => tell({ type: "ready" }),
  (error: unknown) => tell({ type: "broken", reason: String(error) }),
);

const datasets = new Map<string, Dataset>();
/** The copy that each exercise on the page works on, by the page's key. */
const copies = new Map<string, Database>();

self.addEventListener("message", async ({ data }: MessageEvent<SqlRequest>) => {
  await sqlite;
  tell({ type: "done", answer: await answer(data) });
});

async function answer(request: SqlRequest) {
  const { task, key } = request;
  if (request.type === "open") {
    let dataset = datasets.get(task.dataset);
    if (!dataset) {
      dataset = buildDataset(await sqlite, request.statements);
      datasets.set(task.dataset, dataset);
    }
    copies.get(key)?.close();
    const copy = openForTask(dataset, task);
    copies.set(key, copy);
    return { run: { tables: [], changedRows: null, plans: [], error: null }, schema: describeSchema(copy) };
  }
  const dataset = datasets.get(task.dataset);
  const copy = copies.get(key);
  if (!dataset || !copy) throw new Error("The data set is not open.");
  if (request.type === "test") return testSql(dataset, task, request.code, request.number);
  const run = runSql(copy, task, request.code);
  return { run, schema: describeSchema(copy) };
}
