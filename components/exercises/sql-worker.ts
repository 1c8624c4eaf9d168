/// <reference lib="webworker" />
import initSqlJs, { type Database, type SqlJsStatic } from "sql.js";
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
import { serveRequests } from "@/lib/exercises/serve-requests";

const tell = (message: WorkerMessage) => self.postMessage(message);

const datasets = new Map<string, Dataset>();
/** The copy that each exercise on the page works on, by the page's key. */
const copies = new Map<string, Database>();

function answer(sqlite: SqlJsStatic, request: SqlRequest) {
  const { task, key } = request;
  if (request.type === "open") {
    let dataset = datasets.get(task.dataset);
    if (!dataset) {
      dataset = buildDataset(sqlite, request.statements);
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

tell({ type: "progress", fraction: 0.2, what: "Loading SQLite" });
const sqlite = initSqlJs({ locateFile: (file) => `/runtime/${SQLITE_RELEASE}/${file}` });
self.addEventListener("message", serveRequests(sqlite, answer, tell));
