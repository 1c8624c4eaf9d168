import { z } from "zod";
import { POST } from "@/app/api/stripe/webhook/route";
import type { DeliveryRow } from "../../sandbox/stripe/store/rows";
import { signatureHeader } from "../../sandbox/stripe/webhooks/signature";
import { currentActor } from "./actor";
import { WEBHOOK_SECRET } from "./surroundings";
import type { World } from "./world";

/** The fault's name. */
export const EVENT_LOST = "webhook.dropped";

const answer = z.object({ outcome: z.string() });

/** Deliveries that Stripe still has to make, oldest first. */
export function pendingDeliveries({ surroundings }: World): DeliveryRow[] {
  return [...surroundings.core.store.deliveries.oldestFirst()].filter(
    ({ state }) => state === "held" || state === "pending",
  );
}

/** Hands the event to the shop's own route. Anything but 2xx leaves it to be tried again. */
export async function deliverOne(world: World, delivery: DeliveryRow): Promise<number> {
  const { core } = world.surroundings;
  const event = core.store.events.get(delivery.event);
  if (!event) throw new Error(`the sandbox forgot ${delivery.event}`);
  const body = JSON.stringify(core.events.shown(event), null, 2);
  const signature = signatureHeader(body, [WEBHOOK_SECRET], Math.floor(Date.now() / 1000));
  const request = new Request("http://localhost/api/stripe/webhook", {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": signature },
    body,
  });
  const response = await POST(request);
  const { status } = response;
  if (status >= 500 && !currentActor()?.faulted)
    world.complain(`${delivery.type} is answered ${status} without a fault`);
  if (status !== 200) return status;
  const { outcome } = answer.parse(await response.json());
  if (outcome === "processed" && world.worked.has(event.id))
    world.complain(`${event.type} ${event.id} was worked twice`);
  if (outcome === "processed") world.worked.add(event.id);
  core.store.transaction(() => core.store.deliveries.update(delivery.id, { state: "delivered" }));
  return status;
}

/** An event that never reaches the shop. */
export function dropOne(world: World): boolean {
  const waiting = pendingDeliveries(world);
  if (waiting.length === 0) return false;
  const { id } = world.random.pick(waiting);
  const { store } = world.surroundings.core;
  store.transaction(() => store.deliveries.update(id, { state: "dropped", next_attempt_at: null }));
  return true;
}
