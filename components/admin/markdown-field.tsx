"use client";

import { lazy, Suspense, useState } from "react";
import { Disclosure } from "@/components/ui/accordion";
import { scrollable } from "@/components/ui/scrollable";
import { TextAreaField } from "@/components/ui/text-area";

const MarkdownPreview = lazy(() => import("./markdown-preview"));

type Props = {
  readonly name: string;
  readonly label: string;
  readonly rows: number;
  /** The course whose pictures the text may show. */
  readonly slug: string;
  readonly saved: string | undefined;
  readonly error: string | undefined;
};

/** A short text in Markdown; what it becomes is shown beneath it to who opens that, and follows what is typed. */
export function MarkdownField({ name, label, rows, slug, saved = "", error }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="grid gap-1">
      <TextAreaField
        label={label}
        name={name}
        rows={rows}
        defaultValue={saved}
        onChange={(event) => setTyped(event.target.value)}
        help="Markdown."
        error={error}
      />
      <div data-needs-script>
        <Disclosure
          summary={
            <>
              Preview<span className="sr-only">: {label}</span>
            </>
          }
          onToggle={(event) => setOpen(event.currentTarget.open)}
        >
          {isOpen ? (
            <div
              {...scrollable(`Preview: ${label}`)}
              className="max-h-128 overflow-auto rounded-md border border-hairline bg-surface p-5"
            >
              <Suspense fallback={null}>
                <MarkdownPreview source={typed ?? saved} course={slug} />
              </Suspense>
            </div>
          ) : null}
        </Disclosure>
      </div>
    </div>
  );
}
