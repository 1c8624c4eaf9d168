import initSqlJs, { type SqlJsStatic } from "sql.js";
import { beforeAll, describe, expect, test } from "vitest";
import type { SqlTask } from "@/lib/exercises/grader-task";
import {
  buildDataset,
  describeSchema,
  openForTask,
  readablePattern,
  runSql,
  testSql,
} from "@/lib/exercises/run-sql";

let sqlite: SqlJsStatic;
beforeAll(async () => {
  sqlite = await initSqlJs();
});

const STATEMENTS = `CREATE TABLE jars (id INTEGER PRIMARY KEY, jam TEXT NOT NULL, grams INTEGER);
  INSERT INTO jars VALUES (1, 'plum', 200), (2, 'fig', NULL), (3, 'plum', 300);`;
const query: SqlTask = {
  kind: "query",
  dataset: "jars",
  reference: "SELECT jam, COUNT(*) AS n FROM jars GROUP BY jam",
  check: null,
  ordered: false,
  secondRun: "INSERT INTO jars VALUES (4, 'quince', 10)",
};
const change: SqlTask = {
  ...query,
  kind: "change",
  reference: "DELETE FROM jars WHERE grams IS NULL",
  check: "SELECT id FROM jars",
};

const dataset = () => buildDataset(sqlite, STATEMENTS);
const run = (code: string) => runSql(openForTask(dataset(), query), query, code);

describe("running", () => {
  test("answers every table, an empty one too", () => {
    expect(run("SELECT jam FROM jars WHERE id = 1; SELECT id FROM jars WHERE id > 9").tables).toEqual([
      { columns: ["jam"], rows: [["plum"]] },
      { columns: ["id"], rows: [] },
    ]);
  });

  test("keeps what it changes until the data is restored", () => {
    const copy = openForTask(dataset(), change);
    expect(runSql(copy, change, "DELETE FROM jars WHERE id < 3").changedRows).toBe(2);
    expect(runSql(copy, change, "SELECT COUNT(*) AS n FROM jars").tables[0]?.rows).toEqual([[1]]);
  });

  test.each([
    ["SELECT jam\nFORM jars", 'near "jars": syntax error', 2, 6],
    ["SELECT 'FROM' FROM FROM jars", 'near "FROM": syntax error', 1, 20],
    ["SELECT jam,\n  gram FROM jars", "no such column: gram", 2, 3],
    ["SELECT 1 FROM jar", "no such table: jar", 1, 15],
    ["SELECT jam FROM jars WHERE", "incomplete input", 1, 27],
    ["SELECT 'open", 'unrecognized token: "\'open"', 1, 8],
    ["INSERT INTO jars VALUES (1, 'fig', 2)", "UNIQUE constraint failed: jars.id", null, null],
  ])("places the error of %j", (code, message, line, column) => {
    expect(run(code).error).toMatchObject({ message, line, column });
  });

  test("stops at ten thousand rows", () => {
    const endless = "WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g) SELECT i FROM g";
    expect(run(endless).error?.message).toBe(
      "Your query returned more than 10,000 rows. Add LIMIT or WHERE.",
    );
  });

  test("describes the tables", () => {
    expect(describeSchema(openForTask(dataset(), query))).toEqual([
      {
        name: "jars",
        rows: 3,
        columns: [
          { name: "id", type: "integer", notes: "key" },
          { name: "jam", type: "text", notes: "not null" },
          { name: "grams", type: "integer", notes: "" },
        ],
      },
    ]);
  });
});

describe("grading", () => {
  test("compares on the data shown and on other rows, so that typed-in answers fail", () => {
    const typed = "SELECT 'plum' AS jam, 2 AS n UNION ALL SELECT 'fig', 1";
    expect(testSql(dataset(), query, typed, 1).passed).toBe(true);
    expect(testSql(dataset(), query, typed, 2)).toMatchObject({
      passed: false,
      finding: { kind: "rows", reason: "3 rows expected, 2 came." },
    });
    expect(testSql(dataset(), query, query.reference, 2).passed).toBe(true);
  });

  test("wants one query", () => {
    expect(testSql(dataset(), query, "SELECT 1; SELECT 2", 1).finding).toMatchObject({ kind: "message" });
    expect(testSql(dataset(), query, "-- nothing yet", 1).finding).toMatchObject({ kind: "message" });
  });

  test("tells what fails every test alike from what depends on the rows", () => {
    const began = (task: SqlTask, code: string) => testSql(dataset(), task, code, 1).began;
    expect(began(query, "SELECT jam FORM jars")).toBe(false);
    expect(began(change, "DELETE FROM jars; DELETE FROM jugs")).toBe(false);
    expect(began(query, "SELECT jam FROM jars")).toBe(true);
    expect(began(change, "INSERT INTO jars VALUES (1, 'fig', 2)")).toBe(true);
    // The statements are sound; it is the check that finds no table.
    expect(began(change, "DROP TABLE jars")).toBe(true);
  });

  test("looks at the rows after a change", () => {
    expect(testSql(dataset(), change, "DELETE FROM jars WHERE grams IS NULL", 1).passed).toBe(true);
    expect(testSql(dataset(), change, "DELETE FROM jars WHERE jam = 'fig'", 2).passed).toBe(true);
    expect(testSql(dataset(), change, "DELETE FROM jars", 1).passed).toBe(false);
  });
});

test("a pattern is told in words", () => {
  expect(readablePattern(String.raw`SEARCH orders USING (COVERING )?INDEX \S+ \(customer_id=\?\)`)).toBe(
    "SEARCH orders USING INDEX … (customer_id=?)",
  );
});
