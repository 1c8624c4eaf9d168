"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Disclosure } from "@/components/ui/accordion";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Table, Td, Th } from "@/components/ui/table";
import type { CatalogChange } from "@/lib/catalog/plan-import";
import type { ChangedText } from "@/lib/folders/list-texts";
import type { ImportAnswer, ImportRefusal } from "@/lib/folders/schema";
import { FIELD_NAMES, nameFields } from "./course-names";
import { DiffView } from "./diff-view";

const refusals: Readonly<Record<ImportRefusal, string>> = {
  not_a_zip: "This is no ZIP that can be read.",
  too_large: "The ZIP is larger than 25 MB, or holds too much. Import one course at a time.",
  no_course: "The ZIP holds no folder courses/<name>/ with a course.yaml.",
  changed_meanwhile:
    "A course has changed since the ZIP was tried. Try it again, and look at what would change now.",
  foreign_origin: "The request did not come from this page. Load the page again.",
};

const actions: Readonly<Record<CatalogChange["action"], string>> = {
  add: "New",
  change: "Changed",
  archive: "Taken out",
  restore: "Back again",
  keep: "Kept",
};

async function send(file: File, seen: string): Promise<ImportAnswer | null> {
  const form = new FormData();
  form.set("file", file);
  form.set("seen", seen);
  const response = await fetch("/admin/content/folder", { method: "POST", body: form }).catch(() => null);
  return response?.headers.get("content-type")?.includes("json") ? response.json() : null;
}

/** Tries a ZIP, shows what it would change, and imports exactly that. */
export function ImportCourses() {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [said, setSaid] = useState<ImportAnswer | "failed" | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (seen: string) => {
    if (!file || busy) return;
    setBusy(true);
    const answered = (await send(file, seen)) ?? "failed";
    setSaid(answered);
    setBusy(false);
    if (answered !== "failed" && answered.kind === "imported") router.refresh();
  };
  const tried = said !== null && said !== "failed" && said.kind === "tried" ? said : null;
  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)] gap-4"
      data-needs-script
      onSubmit={(event) => {
        event.preventDefault();
        ask("");
      }}
    >
      <TextField
        label="ZIP of courses"
        name="file"
        type="file"
        accept=".zip,application/zip"
        required
        help="Tried first: you see what would change before anything does. Lessons that are replaced keep their former text."
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
          setSaid(null);
        }}
      />
      <div>
        <Button type="submit" busy={busy && !tried} disabled={!file}>
          Try it
        </Button>
      </div>
      {said === null ? null : <Said said={said} />}
      {tried && tried.changes.length > 0 ? (
        <div>
          <Button variant="primary" busy={busy} onClick={() => ask(tried.seen)}>
            Import {tried.changes.length === 1 ? "this change" : `these ${tried.changes.length} changes`}
          </Button>
        </div>
      ) : null}
    </form>
  );
}

function Said({ said }: { readonly said: ImportAnswer | "failed" }) {
  if (said === "failed")
    return (
      <Notice tone="danger" role="alert" title="The shop did not answer">
        <p>Nothing was imported. Try it again.</p>
      </Notice>
    );
  if (said.kind === "refused")
    return (
      <Notice tone="danger" role="alert" title="Nothing was imported">
        <p>{refusals[said.code]}</p>
      </Notice>
    );
  if (said.kind === "mistakes")
    return (
      <Notice tone="danger" role="alert" title="There are mistakes in the files; nothing was imported">
        <ul className="list-disc pl-5">
          {said.problems.map(({ file, line, reason }) => (
            <li key={`${file}:${line}:${reason}`} className="wrap-anywhere">
              {file}, line {line}: {reason}
            </li>
          ))}
        </ul>
      </Notice>
    );
  if (said.changes.length === 0)
    return (
      <Notice role="status" title="Nothing would change">
        <p>The shop says all of this already.</p>
      </Notice>
    );
  return (
    <>
      <Notice
        tone={said.kind === "imported" ? "success" : "accent"}
        role="status"
        title={said.kind === "imported" ? "Imported" : "This would change"}
      />
      <Table caption={said.kind === "imported" ? "What was changed" : "What would change"}>
        <thead>
          <tr>
            <Th>Where</Th>
            <Th>What</Th>
            <Th>Change</Th>
          </tr>
        </thead>
        <tbody>
          {said.changes.map(({ action, what, path, fields }) => (
            <tr key={`${what} ${path}`}>
              <Td lead className="wrap-anywhere">
                {path}
              </Td>
              <Td label="What">{what}</Td>
              <Td label="Change">
                {actions[action]}
                {fields.length > 0 ? `: ${nameFields(fields).toLowerCase()}` : null}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {said.kind === "tried" ? <Differences texts={said.texts} /> : null}
    </>
  );
}

function Differences({ texts }: { readonly texts: readonly ChangedText[] }) {
  if (texts.length === 0) return null;
  return (
    <section aria-label="Differences" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {texts.map(({ path, field, before, after }) => {
        const title = `${FIELD_NAMES[field] ?? field} of ${path}`;
        return (
          <Disclosure
            key={title}
            summary={<span className="wrap-anywhere">{title}</span>}
            open={texts.length <= 4}
          >
            <DiffView label={`${title}: from now to then`} before={before} after={after} />
          </Disclosure>
        );
      })}
    </section>
  );
}
