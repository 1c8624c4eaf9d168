import { answer, readSubmission } from "@/lib/exercises/read-submission";
import { saveNote } from "@/lib/notes/mutations";
import { noteInput } from "@/lib/notes/schema";

/** A note beside a lesson, perhaps typed without a network. Sending it again is harmless: it is kept over its revision only. */
export async function POST(request: Request): Promise<Response> {
  const read = await readSubmission(request, "lessonNote", noteInput);
  if (!read.ok) return read.refusal;
  const done = await saveNote(read.viewer.userId, read.input);
  return done.ok ? answer(200, done.value) : answer(403, { code: done.error });
}
