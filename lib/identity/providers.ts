/** The services whose sign-ins may open an account here. */
export const PROVIDERS = ["google", "github"] as const;
export type Provider = (typeof PROVIDERS)[number];

export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = { google: "Google", github: "GitHub" };

/** What a provider says about somebody. `email` only when the provider itself has proved it. */
export type ProviderIdentity = {
  readonly provider: Provider;
  /** The provider's own id of the person; addresses change hands, this does not. */
  readonly subject: string;
  readonly email: string | null;
  readonly name: string | null;
};
