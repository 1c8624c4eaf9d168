import type { Metadata } from "next";
import { ImportSeatsForm } from "@/components/admin/import-seats-form";
import { PageHead } from "@/components/layout/page";
import { BackLink } from "@/components/ui/link-button";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Seats from a list" };

export default async function ImportSeatsPage() {
  await requirePermission("seats.grant");
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/enrollments">All enrollments</BackLink>}
        title="Seats from a list"
        lead="Many learners at once. Each row is tried first; the same list again does no harm."
      />
      <ImportSeatsForm />
    </>
  );
}
