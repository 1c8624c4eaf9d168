import { answer, readSubmission } from "@/lib/exercises/read-submission";
import { markLesson } from "@/lib/learning/mutations";
import { markInput } from "@/lib/learning/schema";

/** A lesson ticked or unticked, perhaps without a network. Sending it again is harmless: the later mark holds. */
export async function POST(request: Request): Promise<Response> {
  const read = await readSubmission(request, "lessonMark", markInput);
  if (!read.ok) return read.refusal;
  const done = await markLesson(read.viewer.userId, read.input);
  return done.ok ? answer(200, { code: "saved" }) : answer(403, { code: done.error });
}
