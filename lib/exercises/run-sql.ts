import type { Database, SqlJsStatic } from "sql.js";
import { compareResults } from "./compare-results";
import type { PlanCheck, PlanTask, QueryTask, SqlTask } from "./grader-task";
import { locateSqlError } from "./locate-sql-error";
import type { CodeError, ResultTable, SchemaTable, SqlRun, TestReport } from "./reports";

/** A result that is larger is an oversight. */
const MAX_ROWS = 10_000;
const TOO_MANY = "Your query returned more than 10,000 rows. Add LIMIT or WHERE.";
const NOTHING: ResultTable = { columns: [], rows: [] };

/** A data set, built once; every copy of it is fresh. */
export type Dataset = { open(): Database };

export function buildDataset(sqlite: SqlJsStatic, statements: string): Dataset {
  const built = new sqlite.Database();
  built.exec("PRAGMA foreign_keys = ON");
  built.exec(statements);
  const bytes = built.export();
  built.close();
  return {
    open: () => {
      const copy = new sqlite.Database(bytes);
      copy.exec("PRAGMA foreign_keys = ON");
      return copy;
    },
  };
}

/** A statement of the learner failed. */
class Refused extends Error {
  constructor(
    readonly at: CodeError,
    /** False when its words or names alone are wrong, whatever the rows are. */
    readonly wasRead: boolean,
  ) {
    super(at.message);
  }
}

/** A statement of the learner that SQLite could not read: it fails every test alike. */
class Unread extends Refused {}

/** Runs statement after statement; answers the tables that they gave. Throws `Refused` at the first that fails. */
function execute(db: Database, sql: string): ResultTable[] {
  const tables: ResultTable[] = [];
  let isRead = false;
  try {
    for (const statement of db.iterateStatements(sql)) {
      isRead = true;
      const columns = statement.getColumnNames();
      const rows: ResultTable["rows"][number][] = [];
      while (statement.step()) {
        if (rows.length === MAX_ROWS) throw new Error(TOO_MANY);
        rows.push(statement.get());
      }
      if (columns.length > 0) tables.push({ columns, rows });
      isRead = false;
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Refused(
      locateSqlError(sql, message, (text) => complaintOf(db, text)),
      isRead,
    );
  }
  return tables;
}

/** What a test runs of the learner's. */
function executeOwn(db: Database, code: string): ResultTable[] {
  try {
    return execute(db, code);
  } catch (error) {
    throw error instanceof Refused && !error.wasRead ? new Unread(error.at, false) : error;
  }
}

function complaintOf(db: Database, sql: string): string | null {
  try {
    for (const statement of db.iterateStatements(sql)) void statement;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const last = (tables: readonly ResultTable[]): ResultTable => tables.at(-1) ?? NOTHING;

/** The lines of EXPLAIN QUERY PLAN, joined by ` | `. */
function explain(db: Database, query: string): string {
  const { rows } = last(execute(db, `EXPLAIN QUERY PLAN ${query}`));
  return rows.map((row) => String(row[3])).join(" | ");
}

/** A copy to try things on, as the exercise begins: a plan's indexes are there already. */
export function openForTask(dataset: Dataset, task: SqlTask): Database {
  const db = dataset.open();
  if (task.kind === "plan") execute(db, task.given);
  return db;
}

/** Runs the learner's statements on `db`, which keeps what they change. */
export function runSql(db: Database, task: SqlTask, code: string): SqlRun {
  const changesBefore = totalChanges(db);
  try {
    const tables = execute(db, code);
    const changed = totalChanges(db) - changesBefore;
    const plans = task.kind === "plan" ? plansOf(db, task, code) : [];
    return { tables, changedRows: changed > 0 ? changed : null, plans, error: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { tables: [], changedRows: null, plans: [], error: error.at };
  }
}

function totalChanges(db: Database): number {
  return Number(last(execute(db, "SELECT total_changes()")).rows[0]?.[0] ?? 0);
}

function plansOf(db: Database, task: PlanTask, code: string) {
  return task.checks
    .filter((check) => check.must.length + check.mustNot.length > 0)
    .map((check) => ({ label: check.label, plan: explain(db, check.query ?? code) }));
}

/** Grades by the test of that number, from 1. It may take for ever: whoever calls it holds the clock. */
export function testSql(dataset: Dataset, task: SqlTask, code: string, number: number): TestReport {
  const title = sqlTestTitle(task, number);
  const report = { number, title, began: true, output: "", error: null };
  const db = openForTask(dataset, task);
  try {
    if (task.kind === "plan") {
      const finding = checkPlan(db, task, task.checks[number - 1], code);
      return { ...report, passed: finding === null, finding };
    }
    const other = dataset.open();
    try {
      const finding = checkQuery(db, other, task, code, number === 2);
      return { ...report, passed: finding === null, finding };
    } finally {
      other.close();
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return {
      ...report,
      passed: false,
      began: !(error instanceof Unread),
      finding: null,
      error: error.at,
    };
  } finally {
    db.close();
  }
}

export function sqlTestTitle(task: SqlTask, number: number): string {
  if (task.kind === "plan") return task.checks[number - 1]?.label ?? "";
  return number === 1 ? "On the data you see" : "On the same tables with other rows";
}

function checkQuery(
  db: Database,
  other: Database,
  task: QueryTask,
  code: string,
  changed: boolean,
): TestReport["finding"] {
  if (changed) for (const copy of [db, other]) execute(copy, task.secondRun);
  const answer = (copy: Database, tables: ResultTable[]) =>
    task.check === null ? tables : execute(copy, task.check);
  const expected = last(answer(other, execute(other, task.reference)));
  const tables = answer(db, executeOwn(db, code));
  if (task.check === null && tables.length !== 1)
    return { kind: "message", text: `Write one query that returns rows; ${tables.length} were found.` };
  const got = last(tables);
  const reason = compareResults(expected, got, task.ordered);
  return reason === null ? null : { kind: "rows", reason, expected, got };
}

function checkPlan(
  db: Database,
  { given: _, ...task }: PlanTask,
  check: PlanCheck | undefined,
  code: string,
): TestReport["finding"] {
  if (!check) return null;
  const before = check.query !== null && check.result === null ? last(execute(db, check.query)) : null;
  const made = executeOwn(db, code);
  const query = check.query ?? code;
  const finding = lookAtPlan(db, check, query);
  if (finding) return finding;
  const got = check.query === null ? last(made) : last(execute(db, query));
  if (check.result !== null) {
    const expected = { columns: got.columns, rows: check.result };
    const reason = compareResults(expected, got, true);
    if (reason !== null) return { kind: "rows", reason, expected, got };
  }
  const expected = check.sameResultAs === null ? before : last(execute(db, check.sameResultAs));
  if (expected === null || task.kind !== "plan") return null;
  const reason = compareResults(expected, got, false);
  return reason === null ? null : { kind: "rows", reason, expected, got };
}

function lookAtPlan(db: Database, check: PlanCheck, query: string): TestReport["finding"] {
  if (check.must.length + check.mustNot.length === 0) return null;
  const plan = explain(db, query);
  const missing = check.must.filter((pattern) => !new RegExp(pattern).test(plan)).map(readablePattern);
  const unwanted = check.mustNot.filter((pattern) => new RegExp(pattern).test(plan)).map(readablePattern);
  return missing.length + unwanted.length === 0 ? null : { kind: "plan", plan, missing, unwanted };
}

/** A pattern as an author would say it: `SEARCH orders USING INDEX … (customer_id=?)`. */
export function readablePattern(pattern: string): string {
  return pattern
    .replace(/\(([^()\\]*)\)\?/g, "")
    .replace(/\\S\+|\\w\+|\.\*/g, "…")
    .replace(/\\b/g, "")
    .replace(/\\(.)/g, "$1");
}

/** The tables of a copy, for looking things up while writing. */
export function describeSchema(db: Database): SchemaTable[] {
  const names = last(
    execute(
      db,
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    ),
  ).rows.map(([name]) => String(name));
  return names.map((name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const columns = last(execute(db, `PRAGMA table_info(${quoted})`)).rows.map((row) => ({
      name: String(row[1]),
      type: String(row[2]).toLowerCase(),
      notes: [row[5] ? "key" : "", row[3] && !row[5] ? "not null" : ""].filter(Boolean).join(", "),
    }));
    const rows = Number(last(execute(db, `SELECT COUNT(*) FROM ${quoted}`)).rows[0]?.[0] ?? 0);
    return { name, rows, columns };
  });
}
