import { Button } from "@/components/ui/button";
import { PostForm } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { providerSignInAction } from "@/lib/identity/actions";
import { PROVIDER_NAMES, type Provider } from "@/lib/identity/providers";

type Props = {
  readonly providers: readonly Provider[];
  readonly returnTo: string | null;
  /** How the last try ended, from the address. */
  readonly outcome?: string | undefined;
};

const outcomes: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  failed: { title: "That sign-in did not work", text: "Try it again, or sign in with your password." },
  known: {
    title: "There is an account with this address",
    text: "Sign in with its password or by mail, then link the other sign-in in your settings.",
  },
  unproved: {
    title: "That service has not confirmed your e-mail address",
    text: "Confirm it there first, or create an account here.",
  },
};

/** How a sign-in elsewhere ended, when it did not end here. */
export function ProviderOutcome({ outcome }: Pick<Props, "outcome">) {
  const said = outcome && Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
  return said ? (
    <Notice tone="danger" role="alert" title={said.title} className="mt-6">
      <p>{said.text}</p>
    </Notice>
  ) : null;
}

/** "Go on with Google", for the services whose keys are set; nothing when there are none. */
export function ProviderButtons({ providers, returnTo }: Props) {
  if (providers.length === 0) return null;
  return (
    <div className="mt-5 grid gap-3">
      {providers.map((provider) => (
        <PostForm key={provider} action={providerSignInAction}>
          <input type="hidden" name="provider" value={provider} />
          {returnTo ? <input type="hidden" name="returnTo" value={returnTo} /> : null}
          <Button type="submit" size="large" block>
            Go on with {PROVIDER_NAMES[provider]}
          </Button>
        </PostForm>
      ))}
    </div>
  );
}
