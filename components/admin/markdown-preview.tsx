"use client";

import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { type ReactElement, startTransition, useEffect, useState } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { dressMarkdown } from "@/components/catalog/markdown-dress";
import { Prose } from "@/components/ui/prose";
import { previewMarkdownAction } from "@/lib/authoring/actions";

/** After the last key; a text is parsed on the server, by what shows it to learners. */
const PAUSE_MS = 500;

type Props = { readonly source: string; readonly course: string };

/** The text as learners will see it. */
export default function MarkdownPreview({ source, course }: Props) {
  const [shown, setShown] = useState<ReactElement | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const form = new FormData();
      form.set("source", source);
      const read = await previewMarkdownAction(null, form).catch(() => null);
      if (!isCurrent) return;
      setFailed(!read?.ok);
      if (!read?.ok) return;
      const files = { base: `/learn/${course}/files/`, pictures: [] };
      const element = toJsxRuntime(dressMarkdown(read.value, { files }), { Fragment, jsx, jsxs });
      startTransition(() => setShown(element));
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [source, course]);
  return (
    <>
      {failed ? (
        <p role="status" className="mb-3 text-sm text-danger">
          The preview could not be made just now. What you typed is kept.
        </p>
      ) : null}
      <Prose>{shown ?? <p className="text-ink-muted">The preview is being made …</p>}</Prose>
    </>
  );
}
