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
import { ROLES, type Role } from "@/lib/people/roles";
import { DialogForm, DialogOpener } from "./dialog-form";
import { ROLE_NAMES } from "./person-badges";
import { personTexts } from "./person-texts";
import { PressButton } from "./press-button";

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
  return (
    <DialogForm
      action={blockPersonAction}
      fields={{ user }}
      texts={personTexts}
      failed="The account was not blocked"
      done="The account is blocked."
      keep="Leave the account alone"
      act="Block"
      danger
      onClose={onClose}
    >
      {(refusal) => (
        <>
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
        </>
      )}
    </DialogForm>
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
  return (
    <DialogForm
      action={changeRoleAction}
      fields={{ user, seen: role }}
      texts={personTexts}
      failed="The role stays as it was"
      done="The role is changed."
      keep="Leave the role as it is"
      act="Change the role"
      onClose={onClose}
    >
      {() => (
        <>
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
        </>
      )}
    </DialogForm>
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
  return (
    <DialogForm
      action={planErasureForAction}
      fields={{ user }}
      texts={personTexts}
      failed="Nothing was planned"
      done={`The account will be erased in ${days} days.`}
      keep="Keep the account"
      act="Plan the erasure"
      danger
      onClose={onClose}
    >
      {() => (
        <>
          <Effects>
            <Effect icon={null}>
              In {days} days everything about the person goes but what the law makes the shop keep: orders and
              invoices
            </Effect>
            <Effect icon={null}>They are told by mail and can undo it until then; so can you</Effect>
            <Effect icon={null}>Their sessions end now</Effect>
          </Effects>
        </>
      )}
    </DialogForm>
  );
}
