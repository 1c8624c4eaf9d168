import type { Metadata } from "next";
import { GrantForm } from "@/components/admin/grant-form";
import { PageHead } from "@/components/layout/page";
import { BackLink } from "@/components/ui/link-button";
import { requirePermission } from "@/lib/identity/session";
import { listCourseChoices } from "@/lib/seats/queries";
import { address } from "@/lib/seats/schema";

export const metadata: Metadata = { title: "Give a seat" };

/** `?email=` fills in the learner. */
export default async function GrantPage({ searchParams }: PageProps<"/admin/enrollments/new">) {
  const staff = await requirePermission("seats.grant");
  const email = address.safeParse((await searchParams).email);
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/enrollments">All enrollments</BackLink>}
        title="Give a seat"
        lead="In a course, at no cost, to somebody with an account."
      />
      <GrantForm courses={await listCourseChoices(staff.userId)} email={email.success ? email.data : ""} />
    </>
  );
}
