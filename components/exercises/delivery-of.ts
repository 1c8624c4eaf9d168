import { isKept } from "@/components/offline/outbox";
import type { Delivery } from "@/components/offline/post";

/** What became of an exercise's results: saved only when all were; while one waits, they wait. */
export function deliveryOf(outcomes: readonly Delivery[]): Delivery {
  return outcomes.find(isKept) ?? outcomes.find((one) => one !== "saved") ?? "saved";
}
