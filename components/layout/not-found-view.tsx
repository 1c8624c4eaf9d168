import { Search } from "lucide-react";
import { CourseCover } from "@/components/catalog/course-cover";
import { Container } from "@/components/layout/page";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Link } from "@/components/ui/link";

/**
 * What stands where a page was expected. It comes along with every page that may turn out not to be there, so it is all
 * markup and brings no script.
 */
export function NotFoundView() {
  return (
    <Container className="grid items-center gap-10 pt-12 lg:grid-cols-[1.1fr_1fr] lg:gap-20 lg:pt-20">
      <div>
        <p className="mb-4 font-serif text-2xl leading-none text-accent italic oldstyle-nums">404</p>
        <h1 className="text-4xl font-display">This page is not in the book.</h1>
        <p className="mt-4 max-w-[30rem] text-lg leading-normal text-ink-soft">
          The address may be mistyped, or the course has moved. Nothing you own is lost.
        </p>
        <search>
          <form action="/courses/search" className="mt-8 grid max-w-[30rem] grid-cols-[1fr_auto] gap-2">
            <TextField
              id="not-found-q"
              name="q"
              type="search"
              label="Search the courses"
              hideLabel
              placeholder="Search the courses"
              icon={<Search />}
            />
            <Button type="submit" variant="primary">
              Search
            </Button>
          </form>
        </search>
        <ul className="mt-4 flex flex-wrap gap-x-6 [&_a]:inline-flex [&_a]:min-h-target [&_a]:items-center">
          <li>
            <Link href="/courses">All courses</Link>
          </li>
          <li>
            <Link href="/account/courses" prefetch={false}>
              My courses
            </Link>
          </li>
          <li>
            <Link href="/">Home</Link>
          </li>
        </ul>
      </div>
      <div className="aspect-8/5 overflow-hidden rounded-xs lg:aspect-5/6">
        <CourseCover slug="404" type="general" shape="portrait" />
      </div>
    </Container>
  );
}
