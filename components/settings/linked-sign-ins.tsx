"use client";

import { problemAt, problemsOf } from "@/components/identity/rejections";
import { Badge } from "@/components/ui/badge";
import { PasswordField } from "@/components/ui/password-field";
import { useFormAction } from "@/components/ui/use-form-action";
import { PROVIDER_NAMES, type Provider } from "@/lib/identity/providers";
import { linkProviderAction, unlinkProviderAction } from "@/lib/settings/actions";
import { linkProviderMessages } from "./rejections";
import { SettingsForm } from "./settings-form";

type Props = {
  readonly provider: Provider;
  /** The address over there; null when it is not linked. */
  readonly linked: { readonly email: string | null } | null;
};

/** One service: linked or not, and the form that changes it. */
export function LinkedSignIn({ provider, linked }: Props) {
  const { state, form } = useFormAction(linked ? unlinkProviderAction : linkProviderAction);
  const refusal = state && !state.ok ? state.error : null;
  const { problems, general } = problemsOf(refusal, linkProviderMessages);
  const name = PROVIDER_NAMES[provider];
  const id = `${provider}-password`;
  return (
    <div className="grid gap-4 border-b border-hairline py-5 first:pt-0 last:border-b-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-3 font-medium">
        {name}
        {linked ? <Badge tone="success">Linked</Badge> : <Badge>Not linked</Badge>}
        {linked?.email ? <span className="text-sm font-normal text-ink-muted">{linked.email}</span> : null}
      </p>
      <SettingsForm
        form={form}
        state={state}
        problems={problems.map(({ message }) => ({ field: id, message }))}
        general={general}
        done="Done"
        press={linked ? `Unlink ${name}` : `Link ${name}`}
        busyLabel={linked ? "Unlinking" : `Going to ${name}`}
      >
        <input type="hidden" name="provider" value={provider} />
        <PasswordField
          id={id}
          label="Your password"
          autoComplete="current-password"
          required
          error={problemAt(problems, "password")}
        />
      </SettingsForm>
    </div>
  );
}
