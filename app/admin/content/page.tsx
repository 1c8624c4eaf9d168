import { Download } from "lucide-react";
import type { Metadata } from "next";
import { ImportCourses } from "@/components/admin/import-courses";
import { PageHead } from "@/components/layout/page";
import { buttonClass } from "@/components/ui/button-class";
import { BackLink } from "@/components/ui/link-button";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { requirePermission } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Import and export" };

/** Courses as folders of Markdown, out of the shop and into it. */
export default async function ContentPage() {
  await requirePermission("courses.edit");
  return (
    <>
      <PageHead
        back={<BackLink href="/admin/courses">All courses</BackLink>}
        title="Import and export"
        lead="Courses as folders of Markdown and YAML, packed as a ZIP"
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <Panel as="section" aria-labelledby="export">
          <PanelHead id="export" title="Export" />
          <PanelBody className="grid justify-items-start gap-4 text-sm text-ink-soft">
            <p>
              All courses as they are in the shop now, changes made here included. One course alone is
              exported on its own page. Unpacked over the folder of the program, they replace its files.
            </p>
            <a href="/admin/content/folder" download className={buttonClass({ size: "medium" })}>
              <Download />
              Export all courses
            </a>
          </PanelBody>
        </Panel>
        <Panel as="section" aria-labelledby="import">
          <PanelHead id="import" title="Import" />
          <PanelBody>
            <ImportCourses />
          </PanelBody>
        </Panel>
      </div>
    </>
  );
}
