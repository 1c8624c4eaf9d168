import { Search } from "lucide-react";
import type { Route } from "next";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { SelectField, TextField } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import type { PersonRow } from "@/lib/people/queries";
import type { PersonFilter } from "@/lib/people/read-person-filter";
import { PERSON_STATES, ROLES } from "@/lib/people/schema";
import { PERSON_STATE_NAMES, PersonStateBadge, ROLE_NAMES, RoleBadge } from "./person-badges";

/** Search and filters of the accounts: a plain form whose state is the address. */
export function PersonFilters({ filter }: { readonly filter: PersonFilter }) {
  return (
    <search>
      <form
        action="/admin/users"
        className="mb-6 grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(0,1fr)_10rem_14rem_auto]"
      >
        <TextField
          label="Search"
          name="q"
          type="search"
          defaultValue={filter.q}
          placeholder="The beginning of an e-mail, or an id"
          icon={<Search />}
          autoComplete="off"
          className="max-lg:col-span-2"
        />
        <SelectField label="Role" name="role" defaultValue={filter.role ?? ""}>
          <option value="">Any role</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {ROLE_NAMES[role]}
            </option>
          ))}
        </SelectField>
        <SelectField label="State" name="state" defaultValue={filter.state ?? ""}>
          <option value="">Any state</option>
          {PERSON_STATES.map((state) => (
            <option key={state} value={state}>
              {PERSON_STATE_NAMES[state]}
            </option>
          ))}
        </SelectField>
        <Button type="submit" className="max-lg:col-span-2">
          Filter
        </Button>
      </form>
    </search>
  );
}

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
