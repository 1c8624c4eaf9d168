"use client";

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, undo } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { SQLite, sql } from "@codemirror/lang-sql";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { documentNonce, leaveWithEscape } from "./editor-parts";
import type { Language } from "./runtime";

/** What the workbench asks of the editor. */
export type EditorHandle = {
  read(): string;
  /** Replaces everything as one step, which Undo takes back. */
  write(code: string): void;
  undo(): void;
  focus(): void;
};

type EditorProps = {
  readonly language: Language;
  readonly initial: string;
  readonly label: string;
  /** From 1; null when there is nothing to mark. */
  readonly markedLine: number | null;
  readonly onChange: (code: string) => void;
  readonly onFocus: () => void;
  readonly onRun: () => void;
  readonly ref: Ref<EditorHandle>;
};

const mark = StateEffect.define<number | null>();

/** The line of the last error; gone with the next change. */
const markedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, change) {
    let next = change.docChanged ? Decoration.none : lines;
    for (const effect of change.effects) {
      if (!effect.is(mark)) continue;
      const number = effect.value;
      next =
        number === null || number < 1 || number > change.state.doc.lines
          ? Decoration.none
          : Decoration.set([
              Decoration.line({ class: "cm-error-line" }).range(change.state.doc.line(number).from),
            ]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Colours are the page's own tokens, so that both themes fit. */
const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], class: "hljs-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "hljs-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "hljs-number" },
  { tag: tags.comment, class: "hljs-comment" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.className],
    class: "hljs-title",
  },
]);

const extensionsOf = (language: Language): Extension[] => [
  lineNumbers(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  markedLines,
  syntaxHighlighting(highlight),
  indentUnit.of(language === "python" ? "    " : "  "),
  EditorState.tabSize.of(4),
  language === "python" ? python() : sql({ dialect: SQLite, upperCaseKeywords: true }),
  leaveWithEscape,
  keymap.of([...closeBracketsKeymap, indentWithTab, ...defaultKeymap, ...historyKeymap]),
];

/** A CodeMirror editor over the learner's text. It holds the text itself; the page reads and writes it by its handle. */
export function CodeEditor({ language, initial, label, markedLine, ref, ...calls }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(calls);
  useEffect(() => {
    latest.current = calls;
  });

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: initial,
        extensions: [
          keymap.of([
            {
              key: "Mod-Enter",
              run: () => {
                latest.current.onRun();
                return true;
              },
            },
          ]),
          ...extensionsOf(language),
          EditorView.cspNonce.of(documentNonce()),
          EditorView.contentAttributes.of({
            "aria-label": label,
            tabindex: "0",
            autocapitalize: "off",
            spellcheck: "false",
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
            if (update.focusChanged && update.view.hasFocus) latest.current.onFocus();
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
    // The editor keeps its own text: it is made once.
  }, [initial, language, label]);

  useEffect(() => {
    view.current?.dispatch({ effects: mark.of(markedLine) });
  }, [markedLine]);

  useImperativeHandle(ref, () => ({
    read: () => view.current?.state.doc.toString() ?? initial,
    write: (code) => {
      const editor = view.current;
      if (!editor || editor.state.doc.toString() === code) return;
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: code } });
    },
    undo: () => {
      if (view.current) undo(view.current);
    },
    focus: () => view.current?.focus(),
  }));

  return <div ref={host} className="code-editor" />;
}
