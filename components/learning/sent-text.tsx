"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { MarkdownHtml } from "@/components/catalog/markdown-html";
import type { SafeHtml } from "@/lib/catalog/render-markdown";
import { keepText, recallText } from "./text-store";

type SentTextProps = {
  /** Changes with the text. */
  readonly name: string;
  /** Null in a document, which shows it. */
  readonly html: SafeHtml | null;
};

/**
 * A lesson's text, sent once: a document has it as HTML and not again in the payload beside it. The server draws it from what
 * its other renderer kept, a browser takes it from the page (decision 0082).
 */
export function SentText({ name, html }: SentTextProps) {
  const router = useRouter();
  const text = recallText(name) ?? html ?? readFromPage(name);
  const isThere = text !== "";
  useEffect(() => {
    // Drawn in the browser, after a fault, or when the text was let go: it comes with the next answer.
    if (isThere) keepText(name, text);
    else router.refresh();
  }, [router, name, text, isThere]);
  return <MarkdownHtml id={name} html={text} />;
}

/** Safe as it was sent; empty when the page has it not. */
function readFromPage(name: string): SafeHtml {
  // Told in the log; the browser then asks for it.
  if (typeof document === "undefined") throw new Error(`The text ${name} was not kept for its page.`);
  return (document.getElementById(name)?.innerHTML ?? "") as SafeHtml;
}
