import type { Metadata } from "next";
import { PageHead } from "@/components/layout/page";
import { TwoStep, type TwoStepStatus } from "@/components/settings/two-step";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { env } from "@/lib/env";
import { findPendingSecret, findSecondFactor } from "@/lib/identity/second-factor";
import { requireViewer, type Viewer } from "@/lib/identity/session";
import { totpAddress } from "@/lib/identity/totp";
import { isStaff } from "@/lib/permissions";
import { qrPath } from "@/lib/settings/qr-path";

export const metadata: Metadata = { title: "Two-step sign-in" };

export default async function TwoStepPage({ searchParams }: PageProps<"/account/settings/two-step">) {
  const viewer = await requireViewer("/account/settings/two-step");
  const forAdmin = isStaff(viewer.role) && (await searchParams).for === "admin";
  const status = await readStatus(viewer);
  return (
    <>
      <PageHead title="Two-step sign-in" lead="Your password, and a code from your phone." />
      {forAdmin ? <AdminNotice ready={viewer.secondFactor} /> : null}
      <TwoStep status={status} />
    </>
  );
}

async function readStatus(viewer: Viewer): Promise<TwoStepStatus> {
  const active = await findSecondFactor(viewer.userId);
  if (active)
    return { kind: "on", since: active.since.toISOString(), recoveryCodesLeft: active.recoveryCodesLeft };
  const key = await findPendingSecret(viewer.userId);
  if (key === null) return { kind: "off" };
  return { kind: "pending", key, qr: qrPath(totpAddress(key, env().STORE_NAME, viewer.email)) };
}

/** Who came from `/admin` reads why, and how to get back there. */
function AdminNotice({ ready }: { readonly ready: boolean }) {
  return ready ? (
    <Notice tone="success" title="The admin pages are open" className="mb-6">
      <p>Keep your recovery codes first.</p>
      <ButtonLink href="/admin" className="mt-3">
        Go to the admin pages
      </ButtonLink>
    </Notice>
  ) : (
    <Notice title="The admin pages ask for it" className="mb-6">
      <p>Whoever works in the shop signs in with two steps. Set it up once; it takes a minute.</p>
    </Notice>
  );
}
