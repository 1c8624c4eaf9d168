import type { Route } from "next";
import { Fragment } from "react";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { AuditNames, AuditRow } from "@/lib/audit/queries";
import { auditQuery } from "@/lib/audit/read-audit-query";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";
import { type ChangeLine, describeDetail, describeSubject, ERASED_PERSON, type Said } from "./audit-words";

type Props = { readonly entries: readonly AuditRow[]; readonly names: AuditNames };

/** Who changed what; on phones a card for each change. */
export function AuditTable({ entries, names }: Props) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="What staff changed, newest first">
        <thead>
          <tr>
            <Th>What</Th>
            <Th>Details</Th>
            <Th>Who</Th>
            <Th>When</Th>
            <Th align="right">No.</Th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.number}>
              <Td lead className="md:w-72">
                <TwoLines small={<Subject entry={entry} names={names} />}>
                  {AUDIT_ACTIONS[entry.action] ?? entry.action}
                </TwoLines>
              </Td>
              <Td className="wrap-anywhere text-ink-soft max-md:block! max-md:py-2! max-md:text-left! max-md:empty:hidden!">
                <Details lines={describeDetail(entry, names)} />
              </Td>
              <Td label="Who" className="whitespace-nowrap">
                <Link
                  href={`/admin/audit${auditQuery({ actor: entry.actorId })}` as Route}
                  prefetch={false}
                  className="max-md:inline-flex max-md:min-h-target max-md:items-center"
                >
                  {entry.actor ?? ERASED_PERSON}
                </Link>
              </Td>
              <Td label="When" className="whitespace-nowrap text-ink-soft tabular-nums">
                <DateTime at={entry.at} format="short" />
              </Td>
              <Td label="No." align="right" className="text-ink-muted">
                <span title={entry.hash}>{entry.number}</span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Subject({ entry, names }: { readonly entry: AuditRow; readonly names: AuditNames }) {
  const { text, more, href } = describeSubject(entry, names);
  return (
    <>
      <Words said={href === null ? { text } : { text, href }} />
      {more ? `, ${more}` : null}
    </>
  );
}

function Details({ lines }: { readonly lines: readonly ChangeLine[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="min-w-0 space-y-0.5">
      {lines.map(({ name, was, is }) => (
        <li key={name}>
          <span className="text-ink-muted">{name}:</span>{" "}
          {was ? (
            <>
              {is ? null : "was "}
              <List said={was} />
              {is ? " → " : null}
            </>
          ) : null}
          {is ? <List said={is} /> : null}
        </li>
      ))}
    </ul>
  );
}

function List({ said }: { readonly said: readonly Said[] }) {
  return said.map((one, index) => (
    <Fragment key={"at" in one ? one.at : one.text}>
      {index > 0 ? ", " : null}
      <Words said={one} />
    </Fragment>
  ));
}

function Words({ said }: { readonly said: Said }) {
  if ("at" in said) return <DateTime at={said.at} />;
  if (!said.href) return said.text;
  return (
    <Link href={said.href as Route} prefetch={false}>
      {said.text}
    </Link>
  );
}
