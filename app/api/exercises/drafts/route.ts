import { saveDraft } from "@/lib/exercises/mutations";
import { answer, readSubmission } from "@/lib/exercises/read-submission";
import { draftInput } from "@/lib/exercises/schema";

/** A draft; answers what is kept now, which may be a newer text from another tab or device. */
export async function POST(request: Request): Promise<Response> {
  const read = await readSubmission(request, "exerciseDraft", draftInput);
  if (!read.ok) return read.refusal;
  const done = await saveDraft(read.viewer.userId, read.input);
  if (!done.ok) return answer(403, { code: done.error });
  const { version, code, editedAt, other } = done.value;
  return answer(200, {
    version,
    code,
    editedAt: editedAt.getTime(),
    other: other && { code: other.code, editedAt: other.editedAt.getTime() },
  });
}
