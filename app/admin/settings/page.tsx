import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { TestMails } from "@/components/admin/test-mail";
import { WebhookNumbers } from "@/components/admin/webhook-numbers";
import { PageHead, SectionHead } from "@/components/layout/page";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { env } from "@/lib/env";
import { requirePermission } from "@/lib/identity/session";
import { describeSettings, type Setting, type SettingGroup } from "@/lib/store/describe-settings";
import { findWebhookHealth, listTestMails } from "@/lib/store/queries";

export const metadata: Metadata = { title: "Settings" };

/** What the shop runs with, and whether payments and mails come through. */
export default async function SettingsPage() {
  const staff = await requirePermission("settings.see");
  const [health, mails] = await Promise.all([findWebhookHealth(staff.userId), listTestMails(staff.userId)]);
  return (
    <>
      <PageHead
        title="Settings"
        lead="As the shop runs now. Each is set by its variable and takes effect at the next start."
      />
      {health ? (
        <section aria-labelledby="webhook">
          <SectionHead id="webhook" title="Payment events" />
          <WebhookNumbers health={health} address={`${env().APP_URL}/api/stripe/webhook`} />
        </section>
      ) : null}
      <div className="mt-10 gap-6 xl:columns-2 [&>section]:mb-6">
        <Panel as="section" aria-labelledby="try-mail">
          <PanelHead id="try-mail" title="Do mails arrive?" />
          <PanelBody>
            <TestMails test={randomUUID()} toAddress={staff.email} mails={mails} />
          </PanelBody>
        </Panel>
        {describeSettings(env()).map((group) => (
          <Group key={group.title} group={group} />
        ))}
      </div>
    </>
  );
}

function Group({ group: { title, settings } }: { readonly group: SettingGroup }) {
  const id = title.toLowerCase().replace(/[^a-z]+/g, "-");
  return (
    <Panel as="section" aria-labelledby={id}>
      <PanelHead id={id} title={title} />
      <dl className="divide-y divide-hairline px-5 text-sm lg:px-6">
        {settings.map((setting) => (
          <div
            key={setting.name}
            className="grid gap-x-4 gap-y-0.5 py-3 sm:grid-cols-[11rem_minmax(0,1fr)] sm:items-baseline"
          >
            <dt className="text-ink-soft">
              {setting.name}
              <span className="block font-mono text-xs wrap-anywhere text-ink-muted">{setting.variable}</span>
            </dt>
            <dd className="wrap-anywhere">
              <Value value={setting.value} />
              {setting.note ? (
                <span className="mt-0.5 block text-xs text-ink-muted">{setting.note}</span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Value({ value }: { readonly value: Setting["value"] }) {
  if (value === null) return <span className="text-ink-muted">Not set</span>;
  if (typeof value === "string") return value;
  return value.map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ));
}
