import { isOwnOrigin } from "@/lib/action";
import { findViewer } from "@/lib/identity/session";
import { throttle } from "@/lib/identity/throttle";
import { recordPulse } from "@/lib/progress/mutations";
import { pulseInput } from "@/lib/progress/schema";

/**
 * Called by an open lesson every half minute while it is visible: keeps the place and the time, and answers whether the
 * lesson may still be read. A page that was left open is closed by the answer. Too many at once: nothing is kept, and
 * nothing is said about the lesson.
 */
export async function POST(request: Request): Promise<Response> {
  const headers = { "Cache-Control": "private, no-store" };
  const answer = (access: "open" | "locked", status = 200) => Response.json({ access }, { status, headers });
  if (!(await isOwnOrigin())) return answer("locked", 403);
  const pulse = pulseInput.safeParse(await request.json().catch(() => null));
  if (!pulse.success) return answer("locked", 400);
  const viewer = await findViewer();
  if (!viewer) return answer("locked");
  const allowed = await throttle("lessonPulse", viewer.userId);
  if (!allowed.ok) return Response.json({ code: "throttled" }, { status: 429, headers });
  return answer((await recordPulse(viewer.userId, pulse.data)) ? "open" : "locked");
}
