import { env } from "@/lib/env";
import { unsubscribe } from "@/lib/notifications/mutations";
import { readUnsubscribeToken } from "@/lib/notifications/unsubscribe";

type Context = RouteContext<"/api/unsubscribe/[token]">;

/**
 * What a mail program posts when its reader presses "Unsubscribe": no cookie, no page of ours, only the link of a mail. The
 * body says that it is such a press (RFC 8058), so that fetching or forwarding the link changes nothing.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const named = readUnsubscribeToken((await params).token);
  if (!named) return new Response("Not found", { status: 404 });
  const form = await request.formData().catch(() => null);
  if (form?.get("List-Unsubscribe") !== "One-Click") return new Response("Bad request", { status: 400 });
  const known = await unsubscribe(named.userId, named.group);
  return known ? new Response(null, { status: 204 }) : new Response("Not found", { status: 404 });
}

/** Old mail programs open the link in a browser: there a person presses the button. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  if (!readUnsubscribeToken(token)) return new Response("Not found", { status: 404 });
  return Response.redirect(`${env().APP_URL}/unsubscribe/${token}`, 303);
}
