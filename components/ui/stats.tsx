import type { ReactNode } from "react";

/** Numbers between two rules: two columns on phones, one row from 1024 px. */
export function Stats({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 border-y border-hairline-strong lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
      {children}
    </dl>
  );
}

type StatProps = { readonly label: string; readonly value: ReactNode; readonly note?: ReactNode };

export function Stat({ label, value, note }: StatProps) {
  return (
    <div className="p-4 max-lg:odd:pl-0 max-lg:even:border-l max-lg:nth-[n+3]:border-t border-hairline lg:border-l lg:px-5 lg:first:border-l-0 lg:first:pl-0">
      <dt className="text-xs text-ink-muted">{label}</dt>
      <dd className="mt-0.5 font-serif text-xl leading-tight font-medium tracking-tight lining-nums tabular-nums">
        {value}
      </dd>
      {note ? <dd className="mt-0.5 text-xs text-ink-soft">{note}</dd> : null}
    </div>
  );
}
