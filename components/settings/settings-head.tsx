import { PageHead } from "@/components/layout/page";
import { Tabs } from "@/components/ui/tabs";

const pages = [
  { href: "/account/settings", label: "Profile" },
  { href: "/account/settings/security", label: "Sign-in and safety" },
  { href: "/account/settings/data", label: "Your data" },
] as const;

/** The head of each page of the settings, with the way to the others. */
export function SettingsHead({ current }: { readonly current: (typeof pages)[number]["href"] }) {
  return (
    <>
      <PageHead title="Settings" />
      <div className="mb-8">
        <Tabs label="Settings" tabs={pages.map((page) => ({ ...page, current: page.href === current }))} />
      </div>
    </>
  );
}
