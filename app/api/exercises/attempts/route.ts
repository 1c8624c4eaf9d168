import { recordAttempt } from "@/lib/exercises/mutations";
import { answer, readSubmission } from "@/lib/exercises/read-submission";
import { attemptInput } from "@/lib/exercises/schema";

/** A graded submission; answers whether it is kept as passed. Sending it again is harmless: the browser made its id. */
export async function POST(request: Request): Promise<Response> {
  const read = await readSubmission(request, "exerciseAttempt", attemptInput);
  if (!read.ok) return read.refusal;
  const done = await recordAttempt(read.viewer.userId, read.input);
  return done.ok ? answer(200, { code: "saved", ...done.value }) : answer(403, { code: done.error });
}
