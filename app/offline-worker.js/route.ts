import { bundleWorker } from "@/lib/exercises/bundle-worker";

/** Built once, together with the shop. At the root, because a worker may look after what lies below its own address. */
export const dynamic = "force-static";

/** The service worker behind lessons without a network. */
export function GET(): Promise<Response> {
  return bundleWorker("components/offline/worker.ts", "iife");
}
