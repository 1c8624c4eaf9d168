import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { BatchForm } from "@/components/admin/coupon-forms";
import { PageHead } from "@/components/layout/page";
import { BackLink } from "@/components/ui/link-button";
import { listChoices } from "@/lib/campaigns/queries";
import { noTerms } from "@/lib/campaigns/terms-fields";
import { env } from "@/lib/env";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Many codes" };

export default async function NewBatchPage() {
  const staff = await requirePermission("coupons.edit");
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/coupons/batches">All batches</BackLink>}
        title="Many codes"
        lead="Each works once. The list comes as a file on the next page."
      />
      <BatchForm
        initial={noTerms(env().STORE_CURRENCY)}
        choices={await listChoices(staff.userId)}
        now={new Date()}
        batchId={randomUUID()}
      />
    </>
  );
}
