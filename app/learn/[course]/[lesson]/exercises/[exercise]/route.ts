import { slug } from "@/lib/catalog/schema";
import { findSolution } from "@/lib/exercises/queries";
import { findViewer } from "@/lib/identity/session";

/** The solution of an exercise, once it may be seen (lib/exercises/may-see-solution.ts). */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/learn/[course]/[lesson]/exercises/[exercise]">,
): Promise<Response> {
  const { course, exercise } = await params;
  const isAddress = slug.safeParse(course).success && slug.safeParse(exercise).success;
  const found = isAddress ? await findSolution(await findViewer(), course, exercise) : null;
  if (found === null) return answer(404, { code: "not_found" });
  return found === "not_yet" ? answer(403, { code: "not_yet" }) : answer(200, found);
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "private, no-store" } });
}
