import { readFileSync } from "node:fs";
import initSqlJs, { type SqlJsStatic } from "sql.js";
import { beforeAll, describe, expect, test } from "vitest";
import { countTests, type SqlTask } from "@/lib/exercises/grader-task";
import { buildDataset, type Dataset, testSql } from "@/lib/exercises/run-sql";
import { listShipped, type Program, programsOf } from "./programs";

let sqlite: SqlJsStatic;
const built = new Map<string, Dataset>();

beforeAll(async () => {
  sqlite = await initSqlJs();
});

function datasetOf({ dataset }: SqlTask): Dataset {
  const known = built.get(dataset);
  if (known) return known;
  const made = buildDataset(sqlite, readFileSync(`content/datasets/${dataset}.sql`, "utf8"));
  built.set(dataset, made);
  return made;
}

function grade(task: SqlTask, code: string): number[] {
  const numbers = Array.from({ length: countTests(task) }, (_, index) => index + 1);
  return numbers.filter((number) => !testSql(datasetOf(task), task, code, number).passed);
}

const shipped = (await listShipped()).filter(({ task }) => ["query", "change", "plan"].includes(task.kind));

describe.each(shipped)("$name", ({ definition, task }) => {
  test.each(programsOf(definition))("$what", ({ code, caughtBy }: Program) => {
    const refused = grade(task as SqlTask, code);
    if (caughtBy === null) expect(refused).toEqual([]);
    else expect(refused).not.toEqual([]);
  });
});
