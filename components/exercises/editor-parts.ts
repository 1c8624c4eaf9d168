import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";

/** Esc lets the next Tab leave the editor (WCAG 2.1.2); any other key takes that back. */
export const leaveWithEscape: Extension = keymap.of([
  {
    key: "Escape",
    run: (view) => {
      view.setTabFocusMode(2_000);
      return true;
    },
  },
]);

/** The page's own nonce: a payload that came later has another one, which this document's policy does not know. */
export function documentNonce(): string {
  // Browsers hide the attribute's value from selectors; scripts that came later may have an empty one.
  return [...document.scripts].find((script) => script.nonce)?.nonce ?? "";
}
