import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AdminFrame } from "@/components/admin/admin-frame";
import { SiteFrame } from "@/components/layout/site-frame";
import { SyncZone } from "@/components/progress/sync-zone";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { findViewer } from "@/lib/identity/session";

export const metadata: Metadata = { robots: { index: false } };

/** Looks, and the zone that days are counted in. Every page, query and action beneath asks for a permission by itself. */
export default async function AdminLayout({ children }: { readonly children: ReactNode }) {
  const viewer = await findViewer();
  if (!viewer?.secondFactor || viewer.role === "learner")
    return <SiteFrame footer="slim">{children}</SiteFrame>;
  const { zone, isChosen } = await readReaderZone(viewer);
  return (
    <AdminFrame role={viewer.role}>
      {isChosen ? null : <SyncZone known={zone} />}
      {children}
    </AdminFrame>
  );
}
