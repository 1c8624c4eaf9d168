"use client";

import { problemAt, problemsOf } from "@/components/identity/rejections";
import { CopyButton } from "@/components/ui/copy-button";
import { DateTime } from "@/components/ui/date-time";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import { useAttempt } from "@/components/ui/use-attempt";
import { type SentForm, useFormAction } from "@/components/ui/use-form-action";
import type { ActionState } from "@/lib/action";
import {
  beginTwoStepAction,
  confirmTwoStepAction,
  endTwoStepAction,
  renewRecoveryCodesAction,
} from "@/lib/settings/actions";
import type { TwoStepRejection } from "@/lib/settings/schema";
import { ConfirmedForm } from "./confirmed-form";
import { RecoveryCodes } from "./recovery-codes";
import { RecoveryCodesLeft } from "./recovery-codes-left";
import { twoStepMessages } from "./rejections";

/** The key that is being set up: to scan, and to type. */
export type PendingKey = {
  readonly key: string;
  readonly qr: { readonly path: string; readonly size: number };
};

export type TwoStepStatus =
  | { readonly kind: "off" }
  | ({ readonly kind: "pending" } & PendingKey)
  | { readonly kind: "on"; readonly since: string; readonly recoveryCodesLeft: number };

/** Two-step sign-in: off, being set up, or on. Recovery codes stay on the page until it is left. */
export function TwoStep({ status }: { readonly status: TwoStepStatus }) {
  const begun = useFormAction(beginTwoStepAction);
  const confirmed = useFormAction(confirmTwoStepAction);
  const renewed = useFormAction(renewRecoveryCodesAction);
  const ended = useFormAction(endTwoStepAction);
  if (status.kind === "off") {
    return (
      <Panel>
        <PanelBody className="grid gap-5">
          <p>
            You need an authenticator app on your phone. Signing in then asks for your password, and for a
            code that the app shows.
          </p>
          <ConfirmedForm
            form={begun.form}
            state={begun.state}
            press="Set up two-step sign-in"
            busyLabel="Making a key"
          />
        </PanelBody>
      </Panel>
    );
  }
  if (status.kind === "pending")
    return <SetUp pending={status} form={confirmed.form} state={confirmed.state} />;
  const codes = [renewed, confirmed].flatMap(({ state }) => (state?.ok ? [state.value] : []))[0];
  return (
    <div className="grid gap-8">
      {codes ? <RecoveryCodes codes={codes} /> : null}
      <Notice tone="success" title="Two-step sign-in is on">
        <p>
          Since <DateTime at={status.since} format="date" />.{" "}
          <RecoveryCodesLeft count={status.recoveryCodesLeft} />
        </p>
      </Notice>
      <Panel as="section" aria-labelledby="recovery">
        <PanelHead id="recovery" title="New recovery codes" />
        <PanelBody>
          <ConfirmedForm
            form={renewed.form}
            state={renewed.state}
            press="Make new codes"
            busyLabel="Making codes"
          >
            <p className="text-sm text-ink-soft">
              For the day you are without your phone. The codes you have now stop working.
            </p>
          </ConfirmedForm>
        </PanelBody>
      </Panel>
      <Panel as="section" aria-labelledby="switch-off">
        <PanelHead id="switch-off" title="Switch it off" />
        <PanelBody>
          <ConfirmedForm
            form={ended.form}
            state={ended.state}
            press="Switch two-step sign-in off"
            busyLabel="Switching it off"
            variant="danger"
          >
            <p className="text-sm text-ink-soft">Your password alone then opens your account.</p>
          </ConfirmedForm>
        </PanelBody>
      </Panel>
    </div>
  );
}

type SetUpProps = {
  readonly pending: PendingKey;
  readonly form: SentForm;
  readonly state: ActionState<readonly string[], TwoStepRejection>;
};

function SetUp({ pending, form, state }: SetUpProps) {
  const attempt = useAttempt(state);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, twoStepMessages);
  const { path, size } = pending.qr;
  return (
    <Panel>
      <PanelBody className="grid gap-6 md:grid-cols-[auto_minmax(0,1fr)] md:gap-8">
        <svg
          viewBox={`0 0 ${size} ${size}`}
          role="img"
          aria-label="QR code with the key; the key to type is beside it"
          shapeRendering="crispEdges"
          className="size-56 max-w-full rounded-md border border-hairline"
        >
          <rect width={size} height={size} fill="#ffffff" />
          <path d={path} fill="#000000" />
        </svg>
        <div className="grid content-start gap-5">
          <p>Scan the picture with your authenticator app. On the same phone, type this key into it:</p>
          <div className="flex flex-wrap items-center gap-3">
            <code data-totp-key className="rounded-sm bg-sunken px-3 py-2 font-mono text-sm wrap-anywhere">
              {pending.key.replace(/(.{4})(?=.)/g, "$1 ")}
            </code>
            <CopyButton text={pending.key} label="Copy the key" />
          </div>
          <Form {...form} className="grid max-w-form gap-4" noValidate>
            {refusal ? (
              <ErrorSummary key={attempt} title="Not switched on yet" problems={problems}>
                {general ? <p>{general}</p> : null}
              </ErrorSummary>
            ) : null}
            <TextField
              name="code"
              label="Code"
              help="The six digits that the app shows now."
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              maxLength={9}
              error={problemAt(problems, "code")}
            />
            <div>
              <SubmitButton variant="primary" busyLabel="Checking the code">
                Switch it on
              </SubmitButton>
            </div>
          </Form>
        </div>
      </PanelBody>
    </Panel>
  );
}
