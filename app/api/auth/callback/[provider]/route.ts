import { z } from "zod";
import { configuredProviders } from "@/lib/identity/provider-client";
import { returnFromProvider } from "@/lib/identity/provider-sign-in";
import { PROVIDERS } from "@/lib/identity/providers";

const known = z.enum(PROVIDERS);

/** Where Google and GitHub send people back to. One whose keys are not set does not exist. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/auth/callback/[provider]">,
): Promise<Response> {
  const provider = known.safeParse((await params).provider);
  if (!provider.success || !configuredProviders().includes(provider.data))
    return new Response("Not found", { status: 404 });
  return returnFromProvider(provider.data, new URL(request.url).search);
}
