import { slug } from "@/lib/catalog/schema";
import { accountName } from "@/lib/exercises/account-name";
import { findLessonExercises } from "@/lib/exercises/queries";
import { findViewer } from "@/lib/identity/session";

/** What the editors of a lesson need: tests, drafts and how far the reader is. 404 for whoever may not read the lesson. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/learn/[course]/[lesson]/exercises">,
): Promise<Response> {
  const { course, lesson } = await params;
  if (!slug.safeParse(course).success || !slug.safeParse(lesson).success) return notFound();
  const viewer = await findViewer();
  const found = await findLessonExercises(viewer, course, lesson);
  if (!found) return notFound();
  const exercises = found.exercises.map(({ draft, ...exercise }) => ({
    ...exercise,
    draft: draft
      ? {
          ...draft,
          editedAt: draft.editedAt.getTime(),
          other: draft.other && { code: draft.other.code, editedAt: draft.other.editedAt.getTime() },
        }
      : null,
  }));
  return Response.json(
    { account: viewer ? accountName(viewer.userId) : null, saves: found.saves, exercises },
    { headers: { "Cache-Control": "private, no-store" } },
  );
}

function notFound(): Response {
  return Response.json({ code: "not_found" }, { status: 404, headers: { "Cache-Control": "no-store" } });
}
