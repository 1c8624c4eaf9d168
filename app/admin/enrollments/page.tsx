import { ListPlus, Plus } from "lucide-react";
import type { Metadata, Route } from "next";
import { SeatFilters } from "@/components/admin/seat-filters";
import { SeatTable } from "@/components/admin/seat-table";
import { PageHead } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Pagination } from "@/components/ui/tabs";
import { requirePermission } from "@/lib/identity/session";
import { readPlace } from "@/lib/keyset";
import { roleMay } from "@/lib/permissions";
import { listCourseChoices, listSeats } from "@/lib/seats/queries";
import { readSeatFilter, seatQuery } from "@/lib/seats/read-seat-filter";

export const metadata: Metadata = { title: "Enrollments" };

/** Who may read what. */
export default async function EnrollmentsPage({ searchParams }: PageProps<"/admin/enrollments">) {
  const staff = await requirePermission("seats.see");
  const sent = await searchParams;
  const filter = readSeatFilter(sent);
  const [page, courses] = await Promise.all([
    listSeats(staff.userId, filter, readPlace(sent)),
    listCourseChoices(staff.userId),
  ]);
  const { rows, newer, older } = page;
  const href = (place: "before" | "after", id: string) =>
    `/admin/enrollments${seatQuery(filter, { [place]: id })}` as Route;
  return (
    <>
      <PageHead
        title="Enrollments"
        aside={
          roleMay(staff.role, "seats.grant") ? (
            <div className="flex flex-wrap gap-3">
              <ButtonLink href="/admin/enrollments/import">
                <ListPlus />
                From a list
              </ButtonLink>
              <ButtonLink href="/admin/enrollments/new" variant="primary">
                <Plus />
                Give a seat
              </ButtonLink>
            </div>
          ) : null
        }
      />
      <SeatFilters filter={filter} courses={courses} />
      {rows.length > 0 ? (
        <SeatTable seats={rows} />
      ) : (
        <NoSeats isNarrowed={Object.values(filter).some(Boolean)} />
      )}
      {newer || older ? (
        <Pagination newer={newer ? href("after", newer) : null} older={older ? href("before", older) : null}>
          {rows.length} {rows.length === 1 ? "enrollment" : "enrollments"}
        </Pagination>
      ) : null}
    </>
  );
}

function NoSeats({ isNarrowed }: { readonly isNarrowed: boolean }) {
  return (
    <Panel dashed>
      {isNarrowed ? (
        <EmptyState
          title="No enrollment matches"
          action={<ButtonLink href="/admin/enrollments">Show all enrollments</ButtonLink>}
        >
          Search by the beginning of an e-mail address, or take a filter away.
        </EmptyState>
      ) : (
        <EmptyState title="Nobody is enrolled yet">
          A seat appears here as soon as somebody buys a course, takes a free one, or is given one.
        </EmptyState>
      )}
    </Panel>
  );
}
