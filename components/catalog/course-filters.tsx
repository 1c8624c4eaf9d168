import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Chip, ChipLink } from "@/components/ui/chip";
import { SegmentedControl } from "@/components/ui/choice";
import { SelectField, TextField } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import {
  COURSE_LEVEL_NAMES,
  COURSE_LEVELS,
  COURSE_TYPE_NAMES,
  type CourseType,
} from "@/lib/catalog/course-kinds";
import {
  type CourseSearch,
  PRICE_FILTER_NAMES,
  PRICE_FILTERS,
  SORT_NAMES,
  SORTS,
} from "@/lib/catalog/schema";
import { searchHref } from "@/lib/catalog/search-href";

type CourseFiltersProps = {
  /** What is set now; nothing on the shelf itself. */
  readonly search?: CourseSearch;
  /** The types that there are courses of. */
  readonly types: readonly CourseType[];
};

/** Search and filters: a plain GET form with a button, so that it needs no script and its result has an address. */
export function CourseFilters({ search, types }: CourseFiltersProps) {
  return (
    <search aria-label="Courses">
      <form
        action="/courses/search"
        className="grid items-end gap-4 min-[22.5rem]:grid-cols-2 rounded-lg border border-hairline bg-surface p-5 lg:grid-cols-[minmax(0,1fr)_auto_9.5rem_7.5rem_11.5rem_auto] lg:px-6 lg:pb-6"
      >
        <TextField
          name="q"
          type="search"
          label="Search"
          placeholder="Title or topic"
          icon={<Search />}
          defaultValue={search?.q}
          maxLength={200}
          autoComplete="off"
          enterKeyHint="search"
          className="col-span-full lg:col-span-1"
        />
        <SegmentedControl
          name="type"
          legend="Language"
          options={[
            { value: "", label: "All" },
            ...types.map((type) => ({ value: type, label: COURSE_TYPE_NAMES[type] })),
          ]}
          defaultValue={search?.type ?? ""}
          className="col-span-full lg:col-span-1"
        />
        <SelectField name="level" label="Level" defaultValue={search?.level ?? ""}>
          <option value="">Any level</option>
          {COURSE_LEVELS.map((level) => (
            <option key={level} value={level}>
              {COURSE_LEVEL_NAMES[level]}
            </option>
          ))}
        </SelectField>
        <SelectField name="price" label="Price" defaultValue={search?.price ?? ""}>
          <option value="">Any</option>
          {PRICE_FILTERS.map((price) => (
            <option key={price} value={price}>
              {PRICE_FILTER_NAMES[price]}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="sort"
          label="Sort by"
          defaultValue={search?.sort ?? "suggested"}
          className="max-lg:col-span-full"
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_NAMES[sort]}
            </option>
          ))}
        </SelectField>
        <Button type="submit" variant="primary" className="max-lg:col-span-full">
          Show
        </Button>
      </form>
    </search>
  );
}

/** The filters that are set, each with its way out. Nothing when none is. */
export function ActiveFilters({ search }: { readonly search: CourseSearch }) {
  const { q, type, level, price, sort } = search;
  const all = { q, type, level, price, sort };
  const chips = [
    q && { label: `“${q}”`, href: searchHref({ ...all, q: "" }) },
    type && { label: COURSE_TYPE_NAMES[type], href: searchHref({ ...all, type: undefined }) },
    level && { label: COURSE_LEVEL_NAMES[level], href: searchHref({ ...all, level: undefined }) },
    price && { label: PRICE_FILTER_NAMES[price], href: searchHref({ ...all, price: undefined }) },
  ].flatMap((chip) => chip || []);
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters that are set" className="mt-4 flex flex-wrap items-center gap-2">
      {chips.map(({ label, href }) => (
        <li key={label} className="min-w-0">
          <Chip action={<ChipLink label={`Remove the filter ${label}`} href={href} />}>
            <span className="truncate">{label}</span>
          </Chip>
        </li>
      ))}
      <li>
        <Link href="/courses" className="inline-flex min-h-target items-center px-2 text-sm">
          Clear all
        </Link>
      </li>
    </ul>
  );
}
