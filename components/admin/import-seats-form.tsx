"use client";

import { type ChangeEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { describedBy, Field, inputClass } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { CommonRejection } from "@/lib/action";
import { importSeatsAction } from "@/lib/seats/actions";
import { MOST_ROWS } from "@/lib/seats/limits";
import type { ImportedRow } from "@/lib/seats/mutations";
import type { ImportRejection } from "@/lib/seats/schema";
import { commonTexts } from "./common-texts";
import { FormProblems } from "./form-problems";
import { grantTexts } from "./grant-texts";

const texts = {
  ...commonTexts,
  unreadable: "This is no CSV: a quotation mark is open, or the columns are mixed up.",
  no_rows: "There are no rows beneath the head.",
  too_many_rows: `At most ${MOST_ROWS.toLocaleString("en-US")} rows at once.`,
  missing_columns: "The first line must name the columns email and course.",
} satisfies Record<ImportRejection | CommonRejection, string>;

const unsure = "The seats may have been given all the same. Pressed again, nobody gets a second one.";

/** Seats from a list: first tried, then given, with an answer for every row. */
export function ImportSeatsForm() {
  const { state, pending, attempt, form } = useKeptForm(importSeatsAction);
  const [csv, setCsv] = useState("");
  const [posted, setPosted] = useState<string | null>(null);
  const tried = useAnsweredText(state, posted);
  const refusal = state && !state.ok ? state.error : null;
  const result = state?.ok ? state.value : null;
  const mayGive = result?.dryRun === true && tried === csv && result.rows.some(({ outcome }) => outcome.ok);
  const error = refusal?.fields?.csv;
  const readFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) setCsv(await file.text());
  };
  return (
    <>
      <Form
        {...form}
        unsure={mayGive ? unsure : undefined}
        onSubmit={(event) => {
          if (!pending) setPosted(csv);
          form.onSubmit(event);
        }}
        className="grid gap-5"
      >
        {refusal ? (
          <FormProblems
            key={attempt}
            title="Nobody got a seat"
            text={texts[refusal.code]}
            fields={refusal.fields}
          />
        ) : null}
        <Field id="file" label="A file" help="CSV, as spreadsheets save it.">
          <input
            id="file"
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={readFile}
            className={inputClass}
            data-needs-script
          />
        </Field>
        <Field
          id="csv"
          label="Rows"
          help="The head names the columns: email and course (as in the course’s address), and, if you like, type (gifted or free) and until (the last day, as 2027-01-31)."
          error={error}
        >
          <textarea
            {...describedBy("csv", { error, help: true })}
            id="csv"
            name="csv"
            rows={10}
            spellCheck={false}
            value={csv}
            placeholder={"email,course,type,until\nada@example.org,python-first-steps,gifted,2027-01-31"}
            onChange={(event) => setCsv(event.target.value)}
            className={`${inputClass} font-mono text-sm`}
          />
        </Field>
        <input type="hidden" name="dryRun" value={mayGive ? "no" : "yes"} />
        <div className="flex flex-wrap items-center gap-3">
          <Button
            type="submit"
            variant={mayGive ? "primary" : "secondary"}
            busy={pending}
            className="max-sm:w-full"
          >
            {mayGive ? `Give ${count(result.rows)} ${count(result.rows) === 1 ? "seat" : "seats"}` : "Try it"}
          </Button>
          <p className="text-sm text-ink-muted">
            {mayGive ? "Nothing was given yet." : "Trying gives nothing; it shows what would happen."}
          </p>
        </div>
      </Form>
      {result ? <Outcome key={attempt} rows={result.rows} dryRun={result.dryRun} /> : null}
    </>
  );
}

/**
 * The text that an answer is about: only what was tried can be given. It changes with the answer and not with the press that
 * asks for the next one, since React would show that press as one that gives before the browser has read the form.
 */
function useAnsweredText(answer: unknown, posted: string | null): string | null {
  const [last, setLast] = useState({ answer, text: posted });
  if (last.answer === answer) return last.text;
  const next = { answer, text: posted };
  setLast(next);
  return next.text;
}

const count = (rows: readonly ImportedRow[]) => rows.filter(({ outcome }) => outcome.ok).length;

function Outcome({ rows, dryRun }: { readonly rows: readonly ImportedRow[]; readonly dryRun: boolean }) {
  const good = count(rows);
  const bad = rows.length - good;
  const title = dryRun
    ? `${good} of ${rows.length} rows would give a seat`
    : `${good} of ${rows.length} rows gave a seat`;
  return (
    <section aria-label="What became of each row" className="mt-8 grid gap-4">
      <Notice tone={bad === 0 ? "success" : "warning"} role="status" title={title}>
        {bad > 0 ? (
          <p>
            {bad === 1 ? "One row does not" : `${bad} rows do not`}; the reason stands beside each. The others
            do not wait for them.
          </p>
        ) : null}
      </Notice>
      <Panel className="overflow-hidden">
        <Table caption="What became of each row">
          <thead>
            <tr>
              <Th>Line</Th>
              <Th>Learner</Th>
              <Th>Course</Th>
              <Th>Result</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <Td lead className="tabular-nums">
                  <span className="md:hidden">Line </span>
                  {row.line}
                </Td>
                <Td label="Learner" className="wrap-anywhere">
                  {row.email || "Nobody"}
                </Td>
                <Td label="Course" className="wrap-anywhere">
                  {row.course || "None"}
                </Td>
                <Td label="Result">
                  <Verdict row={row} dryRun={dryRun} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Panel>
    </section>
  );
}

function Verdict({ row: { outcome }, dryRun }: { readonly row: ImportedRow; readonly dryRun: boolean }) {
  if (outcome.ok) return <Badge tone="success">{dryRun ? "Would give a seat" : "Given"}</Badge>;
  const { error } = outcome;
  return (
    <span className="text-danger">{typeof error === "string" ? grantTexts[error] : error.sentence}</span>
  );
}
