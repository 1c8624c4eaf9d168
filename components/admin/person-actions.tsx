"use client";

import { Effect, Effects } from "@/components/ui/dialog";
import { SelectField, TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import {
  blockPersonAction,
  changeRoleAction,
  endSessionsAction,
  planErasureForAction,
  requestExportForAction,
  resendVerificationAction,
  unblockPersonAction,
  undoErasureForAction,
} from "@/lib/people/actions";
import { ROLES, type Role } from "@/lib/people/schema";
import { DialogButtons, DialogOpener, useClosing } from "./dialog-form";
import { FormProblems } from "./form-problems";
import { ROLE_NAMES } from "./person-badges";
import { personTexts } from "./person-texts";
import { PressButton } from "./press-button";
import { useKeptForm } from "./use-kept-form";

type PersonProps = { readonly user: string };

export const EndAllSessions = ({ user }: PersonProps) => (
  <PressButton
    texts={personTexts}
    action={endSessionsAction}
    fields={{ user }}
    label="End all sessions"
    done="Signed out everywhere."
  />
);

export const EndOneSession = ({
  user,
  session,
  device,
}: PersonProps & { readonly session: string; readonly device: string }) => (
  <PressButton
    texts={personTexts}
    action={endSessionsAction}
    fields={{ user, session }}
    label="End"
    of={device}
    done="This browser is signed out."
    small
  />
);

export const ResendVerification = ({ user }: PersonProps) => (
  <PressButton
    texts={personTexts}
    action={resendVerificationAction}
    fields={{ user }}
    label="Send the link to confirm the address"
    done="The link is on its way."
  />
);

export const RequestExport = ({ user }: PersonProps) => (
  <PressButton
    texts={personTexts}
    action={requestExportForAction}
    fields={{ user }}
    label="Make a copy of their data"
    done="The copy is being made; they get a mail."
  />
);

export const Unblock = ({ user }: PersonProps) => (
  <PressButton
    texts={personTexts}
    action={unblockPersonAction}
    fields={{ user }}
    label="Let in again"
    done="They can sign in again."
  />
);

export const UndoErasure = ({ user }: PersonProps) => (
  <PressButton
    texts={personTexts}
    action={undoErasureForAction}
    fields={{ user }}
    label="Keep the account after all"
    done="The account stays."
  />
);

type NamedProps = PersonProps & { readonly name: string };

export function BlockPerson({ user, name }: NamedProps) {
  return (
    <DialogOpener label="Block" title="Block this account" subtitle={name} variant="danger-quiet">
      {(close) => <BlockForm user={user} onClose={close} />}
    </DialogOpener>
  );
}

function BlockForm({ user, onClose }: PersonProps & { readonly onClose: () => void }) {
  const { state, pending, attempt, form } = useKeptForm(blockPersonAction);
  useClosing(state?.ok === true, "The account is blocked.", onClose);
  const refusal = state && !state.ok ? state.error : null;
  return (
    <form {...form} className="grid gap-4">
      {refusal ? (
        <FormProblems
          key={attempt}
          title="The account was not blocked"
          text={personTexts[refusal.code]}
          fields={refusal.fields}
        />
      ) : null}
      <input type="hidden" name="user" value={user} />
      <TextField
        label="Reason"
        name="reason"
        autoComplete="off"
        maxLength={500}
        help="For staff and the audit log. It is part of the copy of their data that they may ask for."
        error={refusal?.fields?.reason}
      />
      <Effects>
        <Effect icon={null}>Every session ends now, and no new one begins</Effect>
        <Effect icon={null}>Courses, orders and progress stay theirs; no money goes back</Effect>
      </Effects>
      <DialogButtons keep="Leave the account alone" act="Block" danger pending={pending} onClose={onClose} />
    </form>
  );
}

export function ChangeRole({ user, name, role }: NamedProps & { readonly role: Role }) {
  return (
    <DialogOpener label="Change role" title="Change the role" subtitle={`${name}, ${ROLE_NAMES[role]} now`}>
      {(close) => <RoleForm user={user} role={role} onClose={close} />}
    </DialogOpener>
  );
}

type RoleFormProps = PersonProps & { readonly role: Role; readonly onClose: () => void };

function RoleForm({ user, role, onClose }: RoleFormProps) {
  const { state, pending, attempt, form } = useKeptForm(changeRoleAction);
  useClosing(state?.ok === true, "The role is changed.", onClose);
  const refusal = state && !state.ok ? state.error : null;
  return (
    <form {...form} className="grid gap-4">
      {refusal ? (
        <FormProblems
          key={attempt}
          title="The role stays as it was"
          text={personTexts[refusal.code]}
          fields={refusal.fields}
        />
      ) : null}
      <input type="hidden" name="user" value={user} />
      <input type="hidden" name="seen" value={role} />
      <SelectField label="Role" name="role" defaultValue={role}>
        {ROLES.map((one) => (
          <option key={one} value={one}>
            {ROLE_NAMES[one]}
          </option>
        ))}
      </SelectField>
      <Effects>
        <Effect icon={null}>
          Support sees orders and accounts and helps; an admin also moves money and hands out rights
        </Effect>
        <Effect icon={null}>Their sessions end, and staff sign in with a second step</Effect>
      </Effects>
      <PasswordField
        label="Your password"
        help="Asked again whenever rights change hands."
        autoComplete="current-password"
        required
      />
      <DialogButtons
        keep="Leave the role as it is"
        act="Change the role"
        pending={pending}
        onClose={onClose}
      />
    </form>
  );
}

export function PlanErasure({ user, name, days }: NamedProps & { readonly days: number }) {
  return (
    <DialogOpener label="Erase on request" title="Erase this account" subtitle={name} variant="danger-quiet">
      {(close) => <ErasureForm user={user} days={days} onClose={close} />}
    </DialogOpener>
  );
}

type ErasureProps = PersonProps & { readonly days: number; readonly onClose: () => void };

function ErasureForm({ user, days, onClose }: ErasureProps) {
  const { state, pending, attempt, form } = useKeptForm(planErasureForAction);
  useClosing(state?.ok === true, `The account will be erased in ${days} days.`, onClose);
  const refusal = state && !state.ok ? state.error : null;
  return (
    <form {...form} className="grid gap-4">
      {refusal ? (
        <FormProblems
          key={attempt}
          title="Nothing was planned"
          text={personTexts[refusal.code]}
          fields={undefined}
        />
      ) : null}
      <input type="hidden" name="user" value={user} />
      <Effects>
        <Effect icon={null}>
          In {days} days everything about the person goes but what the law makes the shop keep: orders and
          invoices
        </Effect>
        <Effect icon={null}>They are told by mail and can undo it until then; so can you</Effect>
        <Effect icon={null}>Their sessions end now</Effect>
      </Effects>
      <DialogButtons
        keep="Keep the account"
        act="Plan the erasure"
        danger
        pending={pending}
        onClose={onClose}
      />
    </form>
  );
}
