import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CourseCard } from "@/components/catalog/course-card";
import { CardGrid, Container, PageTitle } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { findSharedWishlist } from "@/lib/wishlist/queries";

const readShared = cache(findSharedWishlist);

export async function generateMetadata({ params }: PageProps<"/wishlists/[token]">): Promise<Metadata> {
  const shared = await readShared((await params).token);
  return {
    title: shared ? `Wishlist of ${shared.ownerName}` : undefined,
    robots: { index: false, follow: false },
    // The address is the key: it goes to no other site.
    referrer: "same-origin",
  };
}

/** Open to whoever has the link, and read anew each time: an ended one opens nothing. */
export default async function SharedWishlistPage({ params }: PageProps<"/wishlists/[token]">) {
  const shared = await readShared((await params).token);
  if (!shared) notFound();
  const { ownerName, courses } = shared;
  return (
    <Container>
      <PageTitle title={`Wishlist of ${ownerName}`} lead="Courses that they would like to read." />
      {courses.length > 0 ? (
        <CardGrid>
          {courses.map((course) => (
            <CourseCard key={course.slug} course={course} />
          ))}
        </CardGrid>
      ) : (
        <Panel dashed>
          <EmptyState
            title="Nothing on this list now"
            figure={<OpenBook />}
            action={<ButtonLink href="/courses">Browse the courses</ButtonLink>}
          >
            What was on it has been bought or taken off.
          </EmptyState>
        </Panel>
      )}
    </Container>
  );
}
