import type { Metadata } from "next";
import { NotFoundView } from "@/components/layout/not-found-view";
import { NothingHere } from "@/components/layout/nothing-here";
import { ButtonLink } from "@/components/ui/button";
import { findViewer } from "@/lib/identity/session";
import { isStaff } from "@/lib/permissions";

export const metadata: Metadata = { title: "Page not found" };

/** For staff, beside the desk's navigation; whoever has no desk sees what stands for any missing page of the shop. */
export default async function NotFound() {
  const viewer = await findViewer();
  if (!viewer?.secondFactor || !isStaff(viewer.role)) return <NotFoundView />;
  return (
    <NothingHere
      action={
        <>
          <ButtonLink href="/admin" variant="primary" prefetch={false}>
            Overview
          </ButtonLink>
          <ButtonLink href="/admin/orders" prefetch={false}>
            Orders
          </ButtonLink>
        </>
      }
    >
      The address may be mistyped, what it named may be gone, or your role does not open it.
    </NothingHere>
  );
}
