import type { ReactNode } from "react";

type Props = {
  readonly id: string;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
};

/** One matter of the settings: what it is about on the left where there is room, its form on the right. */
export function SettingsSection({ id, title, lead, children }: Props) {
  return (
    <section
      aria-labelledby={id}
      className="grid gap-5 border-t border-hairline py-8 first-of-type:border-t-0 first-of-type:pt-0 xl:grid-cols-[16rem_minmax(0,1fr)] xl:gap-10"
    >
      <div>
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        {lead ? <p className="mt-1 max-w-[36rem] text-sm text-ink-soft">{lead}</p> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
