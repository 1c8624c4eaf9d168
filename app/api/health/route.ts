import { checkDatabase } from "@/lib/health/queries";
import { findLastPulse } from "@/lib/jobs/queries";

export const dynamic = "force-dynamic";

/** The worker's job of the minute; three missed ones are a stopped worker. */
const PULSE_MS = 3 * 60_000;

/**
 * Liveness: `/api/health`. Readiness, which asks the database: `/api/health?ready`. A worker that stopped is told but makes
 * the shop no less ready: it sells, and mails go out later.
 */
export async function GET(request: Request): Promise<Response> {
  if (!new URL(request.url).searchParams.has("ready")) return answer(200, { status: "ok" });
  if (!(await checkDatabase())) return answer(503, { status: "unavailable" });
  const pulse = await findLastPulse();
  const worker = pulse && Date.now() - pulse.getTime() < PULSE_MS ? "running" : "late";
  return answer(200, { status: "ok", worker });
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
