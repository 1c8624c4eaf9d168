import type { Route } from "next";
import { DateTime } from "@/components/ui/date-time";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { PersonRow } from "@/lib/people/queries";
import type { PersonFilter } from "@/lib/people/read-person-filter";
import { ROLES } from "@/lib/people/roles";
import { PERSON_STATES } from "@/lib/people/schema";
import { ListFilters } from "./list-filters";
import { PERSON_STATE_NAMES, PersonStateBadge, ROLE_NAMES, RoleBadge } from "./person-badges";

export const PersonFilters = ({ filter }: { readonly filter: PersonFilter }) => (
  <ListFilters
    action="/admin/users"
    typed={filter.q}
    placeholder="A name, the beginning of an e-mail, or an id"
    choices={[
      {
        label: "Role",
        name: "role",
        chosen: filter.role,
        unset: "Any role",
        options: ROLES.map((role) => [role, ROLE_NAMES[role]]),
      },
      {
        label: "State",
        name: "state",
        chosen: filter.state,
        unset: "Any state",
        options: PERSON_STATES.map((state) => [state, PERSON_STATE_NAMES[state]]),
      },
    ]}
  />
);

/** Accounts; on phones a card for each. */
export function PersonTable({ people }: { readonly people: readonly PersonRow[] }) {
  return (
    <Panel className="overflow-hidden">
      <Table caption="Accounts, newest first">
        <thead>
          <tr>
            <Th>Person</Th>
            <Th>Since</Th>
            <Th>Role</Th>
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <Td lead>
                <TwoLines small={person.email}>
                  <Link
                    href={`/admin/users/${person.id}` as Route}
                    prefetch={false}
                    className="font-medium max-md:inline-flex max-md:min-h-target max-md:items-center"
                  >
                    {person.name}
                  </Link>
                </TwoLines>
              </Td>
              <Td label="Since" className="whitespace-nowrap text-ink-soft tabular-nums">
                <DateTime at={person.joinedAt} format="date" />
              </Td>
              <Td label="Role">
                <RoleBadge role={person.role} />
              </Td>
              <Td label="State">
                <PersonStateBadge state={person.state} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
