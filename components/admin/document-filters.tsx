import { Search } from "lucide-react";
import type { Route } from "next";
import { Button } from "@/components/ui/button";
import { SegmentedLinks } from "@/components/ui/choice";
import { SelectField, TextField } from "@/components/ui/field";
import { registerQuery } from "@/lib/invoice-register/read-register-filter";
import { DOCUMENT_KINDS, type RegisterFilter, type RegisterProblems } from "@/lib/invoice-register/schema";
import { taxPeriods } from "@/lib/invoice-register/tax-periods";
import { DOCUMENT_KIND_NAMES } from "./document-kinds";

type Props = {
  readonly filter: RegisterFilter;
  readonly problems: RegisterProblems;
  /** `2026-11-28` */
  readonly today: string;
};

/** Which documents: the periods of a tax return as links, and a plain form whose state is the address. */
export function DocumentFilters({ filter, problems, today }: Props) {
  const { q, kind, from, to } = filter;
  const all = { name: "All", from: undefined, to: undefined };
  return (
    <search className="mb-6 grid gap-4">
      <div>
        <SegmentedLinks
          label="Period"
          items={[all, ...taxPeriods(today)].map((period) => ({
            href: `/admin/documents${registerQuery({ q, kind, from: period.from, to: period.to })}` as Route,
            label: period.name,
            current: period.from === from && period.to === to && !problems.from && !problems.to,
          }))}
        />
      </div>
      <form
        action="/admin/documents"
        className="grid grid-cols-2 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_11rem_9.5rem_9.5rem_auto]"
      >
        <TextField
          label="Search"
          name="q"
          type="search"
          defaultValue={q}
          placeholder="Document, order or e-mail"
          icon={<Search />}
          autoComplete="off"
          className="max-lg:col-span-2"
        />
        <SelectField label="Kind" name="kind" defaultValue={kind ?? ""} className="max-lg:col-span-2">
          <option value="">Any kind</option>
          {DOCUMENT_KINDS.map((one) => (
            <option key={one} value={one}>
              {DOCUMENT_KIND_NAMES[one].many}
            </option>
          ))}
        </SelectField>
        <TextField label="From" name="from" type="date" defaultValue={from} error={problems.from} />
        <TextField label="To" name="to" type="date" defaultValue={to} error={problems.to} />
        {/* In line with the fields, whose labels stand above them, and stays there when an error stands below one. */}
        <Button type="submit" className="max-lg:col-span-2 lg:mt-[1.578rem]">
          Filter
        </Button>
      </form>
      <p className="text-xs text-ink-muted">
        Days are those printed on the documents, which begin at midnight UTC.
      </p>
    </search>
  );
}
