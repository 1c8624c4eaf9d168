import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { CourseChoice } from "@/lib/seats/queries";
import type { SeatFilter } from "@/lib/seats/read-seat-filter";
import { SEAT_STATES, SEAT_TYPES } from "@/lib/seats/schema";
import { SEAT_STATE_NAMES, SEAT_TYPE_NAMES } from "./seat-state-badge";

type Props = { readonly filter: SeatFilter; readonly courses: readonly CourseChoice[] };

/** Search and filters of the enrollments: a plain form whose state is the address. */
export function SeatFilters({ filter, courses }: Props) {
  return (
    <search>
      <form
        action="/admin/enrollments"
        className="mb-6 grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(0,1fr)_14rem_10rem_8rem_auto]"
      >
        <TextField
          label="Search"
          name="q"
          type="search"
          defaultValue={filter.q}
          placeholder="The beginning of an e-mail"
          icon={<Search />}
          autoComplete="off"
          className="max-lg:col-span-2"
        />
        <SelectField
          label="Course"
          name="course"
          defaultValue={filter.course ?? ""}
          className="max-lg:col-span-2"
        >
          <option value="">Any course</option>
          {courses.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </SelectField>
        <SelectField label="State" name="state" defaultValue={filter.state ?? ""}>
          <option value="">Any state</option>
          {SEAT_STATES.map((state) => (
            <option key={state} value={state}>
              {SEAT_STATE_NAMES[state]}
            </option>
          ))}
        </SelectField>
        <SelectField label="Kind" name="type" defaultValue={filter.type ?? ""}>
          <option value="">Any kind</option>
          {SEAT_TYPES.map((type) => (
            <option key={type} value={type}>
              {SEAT_TYPE_NAMES[type]}
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
