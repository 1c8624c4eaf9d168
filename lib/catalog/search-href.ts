import type { Route } from "next";
import type { CourseSearch } from "./schema";

/** The address of a search; what is unset or usual is left out. Filters change the list, so `after` must be given anew. */
export function searchHref({ q, type, level, price, sort, after }: Partial<CourseSearch>): Route {
  const query = new URLSearchParams();
  const set = (name: string, value: string | undefined) => {
    if (value) query.set(name, value);
  };
  set("q", q);
  set("type", type);
  set("level", level);
  set("price", price);
  if (sort !== "suggested") set("sort", sort);
  set("after", after);
  const text = query.toString();
  return (text ? `/courses/search?${text}` : "/courses/search") as Route;
}
