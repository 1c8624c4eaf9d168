import type { Metadata } from "next";
import { DeleteAccount } from "@/components/settings/delete-account";
import { ExportData } from "@/components/settings/export-data";
import { SettingsHead } from "@/components/settings/settings-head";
import { SettingsSection } from "@/components/settings/settings-section";
import { requireViewer } from "@/lib/identity/session";
import { findExport, hasOpenMoney } from "@/lib/privacy/queries";
import { getProfile } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Your data" };

export default async function DataPage() {
  const { userId } = await requireViewer("/account/settings/data");
  const [profile, copy, openMoney] = await Promise.all([
    getProfile(userId),
    findExport(userId),
    hasOpenMoney(userId),
  ]);
  return (
    <>
      <SettingsHead current="/account/settings/data" />
      <SettingsSection
        id="export"
        title="A copy of your data"
        lead="Everything the shop keeps about you, as files that people and programs can read."
      >
        <ExportData
          copy={
            copy && { id: copy.id, status: copy.status, expiresAt: copy.expiresAt?.toISOString() ?? null }
          }
        />
      </SettingsSection>
      <SettingsSection
        id="delete"
        title="Delete the account"
        lead="It is scheduled first, and can be undone for two weeks."
      >
        <DeleteAccount dueAt={profile.deletionDueAt?.toISOString() ?? null} openMoney={openMoney} />
      </SettingsSection>
    </>
  );
}
