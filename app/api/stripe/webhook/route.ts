import { log } from "@/lib/log";
import { verifyWebhook } from "@/lib/payments/stripe";
import { receiveEvent } from "@/lib/payments/webhook";

/** Stripe's events are a few kB; anything this large is not one. */
const MAX_BODY_BYTES = 512 * 1024;

/** The raw body, its signature, then the work. 400: not from Stripe. 500: ours failed, send it again. 200: done, or none of ours. */
export async function POST(request: Request): Promise<Response> {
  const signature = request.headers.get("stripe-signature");
  const body = signature ? await readBody(request) : null;
  const event = signature && body !== null ? verifyWebhook(body, signature) : null;
  if (!event) return refuse();
  try {
    const outcome = await receiveEvent(event);
    return Response.json({ received: true, outcome });
  } catch (error) {
    log.error({ eventId: event.id, type: event.type, err: error }, "a Stripe event failed");
    return Response.json({ error: "not_processed" }, { status: 500 });
  }
}

/** Null when it is too large; the rest is then not read, whatever length was announced. */
async function readBody(request: Request): Promise<string | null> {
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader?.cancel();
      return null;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function refuse(): Response {
  return Response.json({ error: "invalid_signature" }, { status: 400 });
}
