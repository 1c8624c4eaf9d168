"use client";

import { ChevronDown, Database } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { scrollable } from "@/components/ui/scrollable";
import type { SchemaTable } from "@/lib/exercises/reports";
import type { DataState } from "./use-runs";

type SchemaBrowserProps = {
  /** Null until the data has been loaded. */
  readonly tables: readonly SchemaTable[] | null;
  readonly state: DataState;
  /** Begins to load it, or tries again. */
  readonly onOpen: () => void;
};

/** The tables that a query can ask, with their columns. */
export function SchemaBrowser({ tables, state, onOpen }: SchemaBrowserProps) {
  const shown = useRef<HTMLDivElement>(null);
  const holdsFocus = useRef(false);
  useEffect(() => {
    // They take the place of the button that had it.
    if (tables && holdsFocus.current) shown.current?.focus();
    holdsFocus.current = false;
  }, [tables]);
  return (
    <details
      className="group/schema border-t border-hairline bg-surface text-sm"
      onToggle={(event) => {
        if (event.currentTarget.open) onOpen();
      }}
    >
      <summary className="flex min-h-target items-center gap-2 px-4 font-medium">
        <Database className="size-4! text-ink-muted" />
        Tables
        {tables ? (
          <span className="truncate text-xs font-normal text-ink-muted">
            {tables.map((table) => table.name).join(", ")}
          </span>
        ) : null}
        <ChevronDown className="ml-auto size-4! flex-none text-ink-muted transition-transform duration-base group-open/schema:rotate-180" />
      </summary>
      {tables ? (
        <div
          ref={shown}
          {...scrollable("Tables and their columns")}
          className="grid max-h-72 gap-4 overflow-y-auto px-4 pb-4 focus-visible:-outline-offset-2 sm:grid-cols-2"
        >
          {tables.map((table) => (
            <Columns key={table.name} table={table} />
          ))}
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pb-4">
          <p role="status" className={state === "missing" ? "text-danger" : "text-ink-muted"}>
            {state === "missing" ? "The data could not be loaded." : "Loading the data"}
          </p>
          {state === "loading" ? null : (
            <Button
              size="small"
              busy={state === "retrying"}
              busyLabel="Loading"
              onClick={onOpen}
              onFocus={() => {
                holdsFocus.current = true;
              }}
              onBlur={() => {
                holdsFocus.current = false;
              }}
            >
              Try again
            </Button>
          )}
        </div>
      )}
    </details>
  );
}

function Columns({ table: { name, rows, columns } }: { readonly table: SchemaTable }) {
  return (
    <div>
      <p className="flex justify-between gap-3 border-b border-hairline pb-1">
        <code className="text-xs font-semibold">{name}</code>
        <span className="text-xs text-ink-muted tabular-nums">
          {rows} {rows === 1 ? "row" : "rows"}
        </span>
      </p>
      <ul className="mt-1 grid gap-0.5 font-mono text-xs">
        {columns.map((column) => (
          <li key={column.name} className="flex justify-between gap-3">
            <span>{column.name}</span>
            <span className="text-right text-ink-muted">
              {[column.type, column.notes].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
