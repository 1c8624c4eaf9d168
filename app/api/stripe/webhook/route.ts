import { log } from "@/lib/log";
import { verifyWebhook } from "@/lib/payments/stripe";
import { receiveEvent } from "@/lib/payments/webhook";

/** Stripe's events are a few kB; anything this large is not one. */
const MAX_BODY_BYTES = 512 * 1024;

/** The raw body, its signature, then the work. 400: not from Stripe. 500: ours failed, send it again. 200: done, or none of ours. */
export async function POST(request: Request): Promise<Response> {
  const signature = request.headers.get("stripe-signature");
  if (!signature || Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return refuse();
  const body = await request.text();
  const event = body.length <= MAX_BODY_BYTES ? verifyWebhook(body, signature) : null;
  if (!event) return refuse();
  try {
    const outcome = await receiveEvent(event);
    return Response.json({ received: true, outcome });
  } catch (error) {
    log.error({ eventId: event.id, type: event.type, err: error }, "a Stripe event failed");
    return Response.json({ error: "not_processed" }, { status: 500 });
  }
}

function refuse(): Response {
  return Response.json({ error: "invalid_signature" }, { status: 400 });
}
