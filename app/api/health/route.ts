import { checkDatabase } from "@/lib/health/queries";

export const dynamic = "force-dynamic";

/** Liveness: `/api/health`. Readiness, which asks the database: `/api/health?ready`. */
export async function GET(request: Request): Promise<Response> {
  const asksReadiness = new URL(request.url).searchParams.has("ready");
  const ready = !asksReadiness || (await checkDatabase());
  return Response.json(
    { status: ready ? "ok" : "unavailable" },
    { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
