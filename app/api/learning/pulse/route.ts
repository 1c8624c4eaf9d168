import { isOwnOrigin } from "@/lib/action";
import { findViewer } from "@/lib/identity/session";
import { recordPulse } from "@/lib/progress/mutations";
import { pulseInput } from "@/lib/progress/schema";

/**
 * Called by an open lesson every half minute while it is visible: keeps the place and the time, and answers whether the
 * lesson may still be read. A page that was left open is closed by the answer.
 */
export async function POST(request: Request): Promise<Response> {
  const answer = (access: "open" | "locked", status = 200) =>
    Response.json({ access }, { status, headers: { "Cache-Control": "private, no-store" } });
  if (!(await isOwnOrigin())) return answer("locked", 403);
  const pulse = pulseInput.safeParse(await request.json().catch(() => null));
  if (!pulse.success) return answer("locked", 400);
  const viewer = await findViewer();
  const isOpen = viewer !== null && (await recordPulse(viewer.userId, pulse.data));
  return answer(isOpen ? "open" : "locked");
}
