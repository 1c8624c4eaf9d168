/** Adapter: texts by their name, in memory: on the server for its two renderers, in a browser for as long as the tab lives. */
import type { SafeHtml } from "@/lib/catalog/render-markdown";

/** On the server. A text is read within the request that kept it, so no more than a few are needed at a time. */
const MOST_KEPT = 200;

/** What Next bundles for its two renderers shares nothing else. */
const shared = globalThis as { __lecternTexts?: Map<string, SafeHtml> };

function texts(): Map<string, SafeHtml> {
  shared.__lecternTexts ??= new Map();
  return shared.__lecternTexts;
}

export function recallText(name: string): SafeHtml | undefined {
  return texts().get(name);
}

/** The oldest goes; in a browser, that of a lesson left two hundred lessons ago. */
export function keepText(name: string, html: SafeHtml): void {
  const all = texts();
  all.delete(name);
  all.set(name, html);
  const [oldest] = all.keys();
  if (all.size > MOST_KEPT && oldest !== undefined) all.delete(oldest);
}
