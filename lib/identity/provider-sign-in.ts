/** Adapter: the way to a provider and back, tied to the browser that went. */
import "server-only";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { db } from "@/db/client";
import type { UserId } from "../ids";
import { proceed } from "./arrive";
import { linkAccount, openLinked } from "./linked-accounts";
import { issueToken, spendToken } from "./one-time-token";
import { readProviderAnswer, startAtProvider } from "./provider-client";
import type { Provider } from "./providers";
import { findViewer } from "./session";
import { clearStep, readStep, writeStep } from "./step-cookie";

/** What somebody goes to a provider for: to sign in (`userId` null), or to link it to their account. */
type Errand = { readonly userId: UserId | null; readonly returnTo?: string };

/** Notes the errand in this browser and leads to the provider's page. For actions only. */
export async function goToProvider(provider: Provider, { userId, returnTo }: Errand): Promise<never> {
  const payload = { provider, ...(returnTo ? { returnTo } : {}) };
  const { secret } = await issueToken(db(), { purpose: "provider", userId, email: "", payload });
  await writeStep("provider", secret);
  redirect((await startAtProvider(provider)) as Route);
}

/** Back from the provider: signs in or links, as the errand of this browser says. Always ends in a redirect. */
export async function returnFromProvider(provider: Provider, search: string): Promise<never> {
  const step = await readStep("provider");
  await clearStep("provider");
  const errand = step ? await spendToken(db(), ["provider"], step) : null;
  const identity = await readProviderAnswer(provider, search);
  if (!errand || errand.payload.provider !== provider) redirect("/sign-in?linked=failed");
  if (errand.userId !== null) {
    const viewer = await findViewer();
    const isOwner = viewer?.userId === errand.userId && viewer.emailVerified;
    const linked = isOwner && identity ? await linkAccount(viewer, identity, new Date()) : null;
    const outcome = linked === null ? "failed" : linked.ok ? "yes" : "elsewhere";
    redirect(`/account/settings/security?linked=${outcome}` as Route);
  }
  if (!identity) redirect("/sign-in?linked=failed");
  const opened = await openLinked(identity);
  if (!opened.ok)
    redirect(opened.error === "address_has_account" ? "/sign-in?linked=known" : "/sign-in?linked=unproved");
  return proceed(opened.value, { stay: true, returnTo: errand.payload.returnTo });
}
