"use client";

import type { SetAside } from "@/components/offline/local-store";
import { Button } from "@/components/ui/button";
import type { DraftStatus } from "./draft-rules";

const words: Readonly<Record<DraftStatus, string>> = {
  untouched: "",
  local: "Kept in this browser",
  saving: "Saving",
  saved: "Draft saved",
  unkept: "Not kept: this browser stores nothing",
};

export function DraftStatusLine({ status }: { readonly status: DraftStatus }) {
  return <span className="text-xs text-ink-muted">{words[status]}</span>;
}

type DraftNoticeProps = {
  readonly aside: SetAside | null;
  readonly onRestore: () => void;
  readonly onDismiss: () => void;
};

/** Two tabs or devices wrote apart: the newer text is in the editor, the other one is a press away. */
export function DraftNotice({ aside, onRestore, onDismiss }: DraftNoticeProps) {
  if (!aside) return null;
  const at = new Date(aside.editedAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2 border-b border-hairline bg-warning-tint px-4 py-1 text-xs text-ink-soft"
    >
      <span className="min-w-0 flex-1 py-2">Another version, written elsewhere on {at}, was set aside.</span>
      <span className="flex">
        <Button variant="quiet" size="small" onClick={onRestore}>
          Restore it
        </Button>
        <Button variant="quiet" size="small" onClick={onDismiss}>
          Keep this one
        </Button>
      </span>
    </div>
  );
}
