"use client";

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { documentNonce, leaveWithEscape } from "@/components/exercises/editor-parts";
import "@/components/exercises/code-editor.css";

type Props = {
  /** What it begins with. */
  readonly initial: string;
  readonly label: string;
  readonly onChange: (text: string) => void;
};

/** A CodeMirror editor over a long text. Loaded when a lesson is edited; until then, and without scripts, a text box does it. */
export default function MarkdownEditor({ initial, label, onChange }: Props) {
  const host = useRef<HTMLDivElement>(null);
  // The editor's own text, whatever the form begins with after a save: another text needs another key.
  const text = useRef(initial);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text.current,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          EditorView.lineWrapping,
          leaveWithEscape,
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.cspNonce.of(documentNonce()),
          EditorView.contentAttributes.of({
            id: "body",
            "aria-label": label,
            "aria-describedby": "body-error body-help",
            tabindex: "0",
            spellcheck: "true",
          }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            text.current = update.state.doc.toString();
            latest.current(text.current);
          }),
        ],
      }),
    });
    return () => editor.destroy();
  }, [label]);
  return <div ref={host} className="code-editor overflow-hidden rounded-md border border-field-line" />;
}
