import { isKept } from "@/components/offline/outbox";
import { isFinal, type Outcome } from "@/components/offline/post";

/** What became of an exercise's results: saved only when all were, by the last one's tests; while one waits, they wait. */
export function deliveryOf(outcomes: readonly Outcome[]): Outcome {
  return outcomes.find(isKept) ?? outcomes.find(isFinal) ?? outcomes.at(-1) ?? "saved";
}
