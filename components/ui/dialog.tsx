"use client";

import { X } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./icon-button";

type DialogProps = {
  readonly open: boolean;
  /** Called for Escape, the ×, and a press outside. */
  readonly onClose: () => void;
  /** Names the act: "Refund part of this order". */
  readonly title: ReactNode;
  /** Under the title, small. */
  readonly subtitle?: ReactNode;
  /** The buttons: what stays first ("Keep the order as it is"), the act last. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
};

/**
 * One question, on the browser's own modal dialog: focus is kept inside, starts at the first field (or at what has
 * `autoFocus`), and returns. A sheet from the bottom on phones.
 */
export function Dialog({ open, onClose, title, subtitle, footer, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) {
      element.showModal();
      element
        .querySelector<HTMLElement>("[autofocus], [data-dialog-body] :is(input, select, textarea)")
        ?.focus();
    }
    if (!open && element.open) element.close();
  }, [open]);

  const closeOutside = (event: MouseEvent<HTMLDialogElement>) => {
    if (event.target === event.currentTarget) onClose();
  };

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={closeOutside}
      onKeyDown={(event) => event.stopPropagation()}
      className="mx-auto mt-auto mb-0 max-h-[calc(100dvh-1.5rem)] w-full max-w-dialog flex-col overflow-hidden rounded-t-lg border border-hairline-strong bg-surface text-ink shadow-raised backdrop:bg-scrim open:flex md:m-auto md:rounded-lg"
    >
      {open ? (
        <>
          <div className="flex items-start justify-between gap-4 px-5 pt-5 md:px-6 md:pt-6">
            <div className="min-w-0">
              <h2 id={titleId}>{title}</h2>
              {subtitle ? <div className="mt-1 text-sm text-ink-soft">{subtitle}</div> : null}
            </div>
            <IconButton label="Close" onClick={onClose} className="-mt-2 -mr-2">
              <X />
            </IconButton>
          </div>
          <div data-dialog-body className="overflow-y-auto px-5 pt-4 pb-5 md:px-6 md:pb-6">
            {children}
          </div>
          {footer ? (
            <div className="flex flex-col-reverse gap-2 border-t border-hairline bg-surface px-5 py-4 md:flex-row md:justify-end md:px-6">
              {footer}
            </div>
          ) : null}
        </>
      ) : null}
    </dialog>
  );
}

/** The sunken box that says what will happen; its children are `Effect`s. */
export function Effects({
  title = "What happens when you confirm",
  level: Heading = "h3",
  children,
}: {
  readonly title?: string;
  readonly level?: "h2" | "h3";
  readonly children: ReactNode;
}) {
  return (
    <div className="rounded-md bg-sunken p-4 text-sm">
      <Heading className="font-sans text-sm font-semibold tracking-normal">{title}</Heading>
      <ul className="mt-3 grid gap-2 text-ink-soft">{children}</ul>
    </div>
  );
}

export function Effect({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <li className="flex gap-3 [&_strong]:font-semibold [&_strong]:text-ink [&>svg]:mt-px [&>svg]:size-4.5 [&>svg]:text-ink-muted">
      {icon}
      <span>{children}</span>
    </li>
  );
}
