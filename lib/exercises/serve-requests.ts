import type { WorkerAnswer, WorkerMessage } from "./protocol";

/**
 * The worker's side of the protocol: says when its language is ready, then answers one request after another. A language
 * that cannot be loaded, or that fails over a request (out of memory, its own stack), is told as broken at once: a page
 * that heard nothing would take it for a loop that never ends.
 */
export function serveRequests<Language, Request>(
  language: Promise<Language>,
  answer: (language: Language, request: Request) => WorkerAnswer | Promise<WorkerAnswer>,
  tell: (message: WorkerMessage) => void,
): (event: { readonly data: Request }) => Promise<void> {
  const tellBroken = (error: unknown) => tell({ type: "broken", reason: String(error) });
  const loaded = language.then(
    (ready) => {
      tell({ type: "ready" });
      return { ready };
    },
    (error: unknown) => {
      tellBroken(error);
      return null;
    },
  );
  return async ({ data }) => {
    const known = await loaded;
    if (!known) return;
    try {
      tell({ type: "done", answer: await answer(known.ready, data) });
    } catch (error) {
      tellBroken(error);
    }
  };
}
