import type { ReactNode } from "react";
import { DateTime } from "@/components/ui/date-time";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import type { Person } from "@/lib/people/queries";
import { GRACE_DAYS } from "@/lib/privacy/grace-days";
import {
  BlockPerson,
  ChangeRole,
  EndAllSessions,
  PlanErasure,
  RequestExport,
  ResendVerification,
  Unblock,
  UndoErasure,
} from "./person-actions";

export type PersonRights = {
  readonly help: boolean;
  readonly block: boolean;
  readonly role: boolean;
  readonly erase: boolean;
};

type Props = { readonly person: Person; readonly may: PersonRights; readonly isSelf: boolean };

/** What is known about an account, and what staff can do for it. */
export function PersonAside({ person, may, isSelf }: Props) {
  return (
    <div className="grid gap-6">
      <Panel as="section" aria-labelledby="account">
        <PanelHead id="account" title="Account" />
        <PanelBody>
          <Facts person={person} />
        </PanelBody>
      </Panel>
      {person.erasedAt || !(may.help || may.block || may.role || may.erase) ? null : (
        <Panel as="section" aria-labelledby="help">
          <PanelHead id="help" title="Help" />
          <PanelBody className="grid gap-3 [&_button]:w-full">
            {may.help ? <HelpButtons person={person} /> : null}
            {may.role ? <ChangeRole user={person.id} name={person.name} role={person.role} /> : null}
            {may.erase ? <Erasure person={person} /> : null}
            {may.block && !isSelf ? <Blocking person={person} /> : null}
          </PanelBody>
        </Panel>
      )}
    </div>
  );
}

function HelpButtons({ person }: { readonly person: Person }) {
  const { id: user, emailVerifiedAt, sessions } = person;
  return (
    <>
      {emailVerifiedAt === null ? <ResendVerification user={user} /> : null}
      {sessions.length > 0 ? <EndAllSessions user={user} /> : null}
      {person.export && person.export.status !== "failed" ? (
        <p className="text-sm text-ink-soft">
          {person.export.status === "queued"
            ? "A copy of their data is being made."
            : "A copy of their data waits for them in their settings."}
        </p>
      ) : (
        <RequestExport user={user} />
      )}
    </>
  );
}

const Erasure = ({ person }: { readonly person: Person }) =>
  person.deletionDueAt ? (
    <UndoErasure user={person.id} />
  ) : (
    <PlanErasure user={person.id} name={person.name} days={GRACE_DAYS} />
  );

const Blocking = ({ person }: { readonly person: Person }) =>
  person.blockedAt ? <Unblock user={person.id} /> : <BlockPerson user={person.id} name={person.name} />;

function Facts({ person }: { readonly person: Person }) {
  return (
    <dl className="grid gap-3 text-sm">
      <Fact name="E-mail">{person.email}</Fact>
      <Fact name="Address confirmed">
        {person.emailVerifiedAt ? <DateTime at={person.emailVerifiedAt} format="date" /> : "Not yet"}
      </Fact>
      <Fact name="Since">
        <DateTime at={person.joinedAt} format="date" />
      </Fact>
      <Fact name="Second step">{person.hasTwoSteps ? "Set up" : "Not set up"}</Fact>
      {person.linked.length > 0 ? <Fact name="Linked">{person.linked.join(", ")}</Fact> : null}
      {person.blockedAt ? (
        <Fact name="Blocked">
          <DateTime at={person.blockedAt} />: {person.blockedReason}
        </Fact>
      ) : null}
      {person.deletionDueAt ? (
        <Fact name="Will be erased">
          <DateTime at={person.deletionDueAt} />
        </Fact>
      ) : null}
      {person.stripeCustomerId ? <Fact name="At Stripe">{person.stripeCustomerId}</Fact> : null}
      <Fact name="Id">{person.id}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
