import { Search } from "lucide-react";
import type { Route } from "next";
import { Button } from "@/components/ui/button";
import { SegmentedLinks } from "@/components/ui/choice";
import { SelectField, TextField } from "@/components/ui/field";
import { COURSE_TYPE_NAMES, COURSE_TYPES } from "@/lib/catalog/course-kinds";
import {
  MY_COURSE_SORT_NAMES,
  MY_COURSE_SORTS,
  MY_COURSE_STATUS_NAMES,
  MY_COURSE_STATUSES,
  type MyCoursesFilter,
} from "@/lib/enrollments/schema";

/** The address of a filter; what is as usual is left out. */
export function coursesHref(filter: MyCoursesFilter): Route {
  const query = new URLSearchParams();
  if (filter.q) query.set("q", filter.q);
  if (filter.type) query.set("type", filter.type);
  if (filter.status) query.set("status", filter.status);
  if (filter.sort !== "opened") query.set("sort", filter.sort);
  if (filter.view !== "list") query.set("view", filter.view);
  const text = query.toString();
  return (text ? `/account/courses?${text}` : "/account/courses") as Route;
}

/** Search, filters, order and view: a form of the address, so it works without scripts and can be kept. */
export function CourseToolbar({ filter }: { readonly filter: MyCoursesFilter }) {
  return (
    <div className="mb-2 flex flex-wrap items-end justify-between gap-4 print:hidden">
      <search aria-label="My courses" className="flex-1 max-sm:basis-full">
        <form
          action="/account/courses"
          className="grid items-end gap-3 min-[22.5rem]:grid-cols-2 sm:grid-cols-[minmax(9rem,1fr)_repeat(3,minmax(0,9.5rem))_auto]"
        >
          {filter.view === "grid" ? <input type="hidden" name="view" value="grid" /> : null}
          <TextField
            name="q"
            type="search"
            label="Search"
            defaultValue={filter.q}
            icon={<Search />}
            className="max-sm:col-span-full"
          />
          <SelectField name="type" label="Language" defaultValue={filter.type ?? ""}>
            <option value="">All</option>
            {COURSE_TYPES.map((type) => (
              <option key={type} value={type}>
                {COURSE_TYPE_NAMES[type]}
              </option>
            ))}
          </SelectField>
          <SelectField name="status" label="Status" defaultValue={filter.status ?? ""}>
            <option value="">All</option>
            {MY_COURSE_STATUSES.map((status) => (
              <option key={status} value={status}>
                {MY_COURSE_STATUS_NAMES[status]}
              </option>
            ))}
          </SelectField>
          <SelectField name="sort" label="Order" defaultValue={filter.sort}>
            {MY_COURSE_SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {MY_COURSE_SORT_NAMES[sort]}
              </option>
            ))}
          </SelectField>
          <Button type="submit">Apply</Button>
        </form>
      </search>
      <ViewSwitch filter={filter} />
    </div>
  );
}

function ViewSwitch({ filter }: { readonly filter: MyCoursesFilter }) {
  const items = (["list", "grid"] as const).map((view) => ({
    href: coursesHref({ ...filter, view }),
    label: view === "list" ? "List" : "Grid",
    current: filter.view === view,
  }));
  return <SegmentedLinks label="View" items={items} />;
}
