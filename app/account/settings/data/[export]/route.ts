import { findViewer } from "@/lib/identity/session";
import { findArchive } from "@/lib/privacy/queries";
import { exportIdInput } from "@/lib/privacy/schema";

/** The packed copy of somebody's data, for that person only. To anybody else, and after its day, it does not exist. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/account/settings/data/[export]">,
): Promise<Response> {
  const viewer = await findViewer();
  const id = exportIdInput.safeParse((await params).export);
  const archive = viewer && id.success ? await findArchive(viewer.userId, id.data) : null;
  if (!archive) return new Response("Not found", { status: 404 });
  return new Response(new Uint8Array(archive), {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": 'attachment; filename="my-data.zip"',
      "Cache-Control": "private, no-store",
    },
  });
}
