"use client";

import { useState } from "react";
import { commonMessages } from "@/components/identity/rejections";
import { DateTime } from "@/components/ui/date-time";
import { describedBy, Field, inputClass } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import type { CommonRejection } from "@/lib/action";
import { addNoteAction } from "@/lib/desk/actions";
import type { SaleNote } from "@/lib/desk/queries";
import type { NoteRejection } from "@/lib/desk/schema";

type Props = {
  readonly orderId: string;
  readonly notes: readonly SaleNote[];
  /** Of the note that is written next: sent twice it is one note. */
  readonly nextId: string;
  readonly mayWrite: boolean;
};

const messages = {
  foreign_origin: commonMessages.foreign_origin.text,
  signed_out: commonMessages.signed_out.text,
  forbidden: commonMessages.forbidden.text,
  invalid_input: commonMessages.invalid_input.text,
  unknown_order: "There is no such order.",
} satisfies Record<NoteRejection | CommonRejection, string>;

/** What staff wrote for each other; customers never see it. */
export function OrderNotes({ orderId, notes, nextId, mayWrite }: Props) {
  const { state, attempt, form } = useFormAction(addNoteAction);
  const [body, setBody] = useState("");
  const [cleared, setCleared] = useState(attempt);
  if (state?.ok && cleared !== attempt) {
    setCleared(attempt);
    setBody("");
  }
  const refusal = state && !state.ok ? state.error : null;
  const error = refusal ? (refusal.fields?.body ?? messages[refusal.code]) : undefined;
  return (
    <section aria-labelledby="notes" className="mt-10">
      <h2 id="notes" className="mb-4 text-lg">
        Notes
      </h2>
      <p className="mb-4 text-sm text-ink-muted">For staff only; the customer never sees them.</p>
      {notes.length > 0 ? (
        <ul className="mb-5 divide-y divide-hairline border-y border-hairline">
          {notes.map((note) => (
            <li key={note.id} className="py-3 text-sm">
              <p className="wrap-anywhere whitespace-pre-line">{note.body}</p>
              <p className="mt-1 text-xs text-ink-muted">
                {note.author ?? "An account that is gone"}, <DateTime at={note.at} />
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      {mayWrite ? (
        <Form {...form} className="grid gap-3" noValidate>
          <input type="hidden" name="order" value={orderId} />
          <input type="hidden" name="note" value={nextId} />
          <Field id="body" label="New note" error={error}>
            <textarea
              {...describedBy("body", { error })}
              id="body"
              name="body"
              rows={3}
              maxLength={4_000}
              value={body}
              onChange={(event) => setBody(event.target.value)}
              className={inputClass}
            />
          </Field>
          <div>
            <SubmitButton busyLabel="Keeping it">Add the note</SubmitButton>
          </div>
        </Form>
      ) : null}
    </section>
  );
}
