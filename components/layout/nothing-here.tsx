import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";

/** What stands where a page was expected, inside a layout with a column of its own. */
export function NothingHere({
  action,
  children,
}: {
  readonly action: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Panel dashed>
      <EmptyState level="h1" title="This page is not in the book." action={action}>
        {children}
      </EmptyState>
    </Panel>
  );
}
