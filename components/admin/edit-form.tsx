"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { showToast } from "@/components/ui/toast";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { CommonRejection, FormAction, Rejection } from "@/lib/action";
import { EditConflict } from "./edit-conflict";
import type { TextFields } from "./follow-saved";
import { FormProblems } from "./form-problems";
import { useAnswer, useEditing } from "./use-editing";

type Refused = Rejection<string>;

/** Everything as somebody else saved it, or what was typed over theirs. */
export type ConflictWays = { readonly onTake: () => void; readonly onKeep: () => void };

type Props<T, C extends string> = {
  readonly action: FormAction<T, C>;
  /** What it is about; not typed by anybody. */
  readonly about: Readonly<Record<string, string>>;
  /** The field that says which version is edited, and the version as it is now. */
  readonly version: readonly [field: string, now: number];
  readonly versionAfter: (value: T) => number;
  /** As saved now, by the names of the form's fields. */
  readonly saved: TextFields;
  /** Fields that other buttons of the page change too: they follow, unless the reader has changed them here. */
  readonly yielding?: readonly string[];
  /** `changed_meanwhile` is said when saving again undoes nothing; otherwise the conflict is shown. */
  readonly texts: Readonly<Record<C | CommonRejection, string>>;
  /** Said above the reason when it was not saved. */
  readonly failed: string;
  readonly done: string;
  /** Shows what somebody else has saved, with both ways out; field by field unless told otherwise. */
  readonly conflict?: (ways: ConflictWays) => ReactNode;
  readonly children: (fields: TextFields, refusal: Rejection<C> | null) => ReactNode;
};

const isConflict = (refusal: Refused | null) => refusal?.code === "changed_meanwhile";

/** What several of the staff may edit at once: kept when it is refused, and shown against the other's when overtaken. */
export function EditForm<T, C extends string>(props: Props<T, C>) {
  const [field, now] = props.version;
  const editing = useEditing(props.saved, now, props.yielding);
  const { state, pending, attempt, form } = useKeptForm(props.action);
  useAnswer(state, (answer) => {
    if (!answer?.ok) return;
    editing.noteSaved(props.versionAfter(answer.value));
    showToast({ message: props.done });
  });
  const refusal = state && !state.ok ? state.error : null;
  const ways: ConflictWays = { onTake: editing.take, onKeep: editing.keep };
  const showConflict =
    props.conflict ??
    (() => <EditConflict began={editing.fields} saved={props.saved} typed={editing.sent} {...ways} />);
  return (
    <Form
      key={editing.round}
      ref={editing.ref}
      {...form}
      onSubmit={(event) => {
        editing.noteSent();
        form.onSubmit(event);
      }}
      className="grid grid-cols-[minmax(0,1fr)] gap-5"
    >
      {isConflict(refusal) && editing.isOvertaken ? showConflict(ways) : null}
      {refusal && (!isConflict(refusal) || editing.hasFollowed) ? (
        <FormProblems
          key={attempt}
          title={props.failed}
          text={props.texts[refusal.code]}
          fields={refusal.fields}
        />
      ) : null}
      {Object.entries({ ...props.about, [field]: String(editing.version) }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {props.children(editing.fields, refusal)}
      <div>
        <Button type="submit" variant="primary" busy={pending} className="max-sm:w-full">
          Save
        </Button>
      </div>
    </Form>
  );
}
