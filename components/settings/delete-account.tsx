"use client";

import { BookX, FileText, KeyRound, Undo2 } from "lucide-react";
import { problemAt, problemsOf } from "@/components/identity/rejections";
import { Checkbox } from "@/components/ui/choice";
import { DateTime } from "@/components/ui/date-time";
import { Effect, Effects } from "@/components/ui/dialog";
import { PostForm } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { useFormAction } from "@/components/ui/use-form-action";
import { useHeldFocus } from "@/components/ui/use-held-focus";
import { deleteAccountAction, undoDeletionAction } from "@/lib/privacy/actions";
import { GRACE_DAYS } from "@/lib/privacy/grace-days";
import { deletionMessages } from "./rejections";
import { SettingsForm } from "./settings-form";

type Props = {
  /** When the account will be erased; null while nobody asked for it. */
  readonly dueAt: string | null;
  readonly openMoney: boolean;
};

/** What deleting means, the form that plans it, and the way back. */
export function DeleteAccount(props: Props) {
  const box = useHeldFocus<HTMLDivElement>(props.dueAt, (found) => found.querySelector("[role=status]"));
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      {props.dueAt === null ? (
        <DeletionForm openMoney={props.openMoney} />
      ) : (
        <Planned dueAt={props.dueAt} openMoney={props.openMoney} />
      )}
    </div>
  );
}

function DeletionForm({ openMoney }: Pick<Props, "openMoney">) {
  const { state, form } = useFormAction(deleteAccountAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, deletionMessages);
  return (
    <SettingsForm
      form={form}
      state={refusal ? state : null}
      problems={problems.map(({ field, message }) => ({ field: idOf(field), message }))}
      general={general}
      done=""
      press="Delete my account"
      busyLabel="Scheduling the deletion"
      variant="danger"
    >
      <Effects title="What happens">
        <Effect icon={<Undo2 />}>
          For <strong>{GRACE_DAYS} days</strong> nothing is lost: sign in and undo it.
        </Effect>
        <Effect icon={<BookX />}>
          Then your <strong>courses, progress, notes and certificates</strong> are gone, including those you
          paid for. There is no way back.
        </Effect>
        <Effect icon={<KeyRound />}>
          Your <strong>profile, sign-ins and mails</strong> are erased. The address can open a new account.
        </Effect>
        <Effect icon={<FileText />}>
          <strong>Invoices and payment records</strong> stay for as long as the law demands, and are used for
          nothing else.
        </Effect>
      </Effects>
      {openMoney ? <OpenMoney /> : null}
      <Checkbox
        name="understood"
        id={idOf("understood")}
        label="I understand that I lose my courses and my progress."
        defaultChecked={refusal?.values?.understood === "on"}
        error={problemAt(problems, "understood")}
      />
      <PasswordField
        id={idOf("password")}
        label="Your password"
        autoComplete="current-password"
        required
        error={problemAt(problems, "password")}
      />
    </SettingsForm>
  );
}

const idOf = (field: string) => `delete-${field}`;

function Planned({ dueAt, openMoney }: { readonly dueAt: string; readonly openMoney: boolean }) {
  return (
    <div className="grid max-w-form gap-5">
      <Notice tone="danger" role="status" tabIndex={-1} title="Your account will be deleted">
        <p>
          On <DateTime at={dueAt} format="date" />. Until then you can undo it.
        </p>
      </Notice>
      {openMoney ? <OpenMoney /> : null}
      <PostForm action={undoDeletionAction}>
        <SubmitButton variant="primary" busyLabel="Undoing it">
          Keep my account
        </SubmitButton>
      </PostForm>
    </div>
  );
}

function OpenMoney() {
  return (
    <Notice tone="warning" title="A payment, refund or gift is still on its way">
      <p>Your account is deleted once it has arrived, so that nothing is lost.</p>
    </Notice>
  );
}
