import type { Metadata, Route } from "next";
import { PersonFilters, PersonTable } from "@/components/admin/person-list";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { requirePermission } from "@/lib/identity/session";
import { readPlace } from "@/lib/keyset";
import { listPeople } from "@/lib/people/queries";
import { personQuery, readPersonFilter } from "@/lib/people/read-person-filter";

export const metadata: Metadata = { title: "Users" };

/** Everybody with an account. */
export default async function UsersPage({ searchParams }: PageProps<"/admin/users">) {
  const staff = await requirePermission("users.see");
  const sent = await searchParams;
  const filter = readPersonFilter(sent);
  const { rows, newer, older } = await listPeople(staff.userId, filter, readPlace(sent));
  const href = (place: "before" | "after", id: string) =>
    `/admin/users${personQuery(filter, { [place]: id })}` as Route;
  return (
    <>
      <PageHead title="Users" />
      <PersonFilters filter={filter} />
      {rows.length > 0 ? (
        <PersonTable people={rows} />
      ) : (
        <Panel dashed>
          <EmptyState
            title="Nobody matches"
            action={<ButtonLink href="/admin/users">Show everybody</ButtonLink>}
          >
            Search by the words of a name, by the beginning of an e-mail address, by a whole id, or take a
            filter away.
          </EmptyState>
        </Panel>
      )}
      {newer || older ? (
        <Pagination newer={newer ? href("after", newer) : null} older={older ? href("before", older) : null}>
          {rows.length} {rows.length === 1 ? "account" : "accounts"}
        </Pagination>
      ) : null}
    </>
  );
}
