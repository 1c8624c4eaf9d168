import type { ReactNode } from "react";

/** One row of the sheet: its name left, the specimens right. */
export function Sheet({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t border-hairline py-8 lg:grid-cols-[12rem_minmax(0,1fr)] lg:gap-12"
    >
      <h2 className="text-lg">{title}</h2>
      <div className="grid min-w-0 content-start gap-5">{children}</div>
    </section>
  );
}

export function Row({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>;
}
