import { isOwnOrigin } from "@/lib/action";
import { toRows } from "@/lib/catalog/catalog-rows";
import { renewPages } from "@/lib/catalog/renew-pages";
import { slug } from "@/lib/catalog/schema";
import { checkUpload } from "@/lib/folders/check-upload";
import { listDatasets } from "@/lib/folders/datasets";
import { importUpload, tryUpload } from "@/lib/folders/mutations";
import { packCourses } from "@/lib/folders/pack";
import { listFolders, listKnownPlaces } from "@/lib/folders/queries";
import { readArchive } from "@/lib/folders/read-archive";
import { type ImportAnswer, MOST_UPLOADED } from "@/lib/folders/schema";
import { requirePermission } from "@/lib/identity/session";

const answer = (said: ImportAnswer, status = 200) =>
  Response.json(said, { status, headers: { "Cache-Control": "private, no-store" } });

/** All courses, or one, in the folder format, as a ZIP. */
export async function GET(request: Request): Promise<Response> {
  const staff = await requirePermission("courses.edit");
  const asked = slug.safeParse(new URL(request.url).searchParams.get("course"));
  const slugs = await listFolders(staff.userId, asked.success ? asked.data : null);
  const name = asked.success ? `${asked.data}.zip` : "courses.zip";
  return new Response(packCourses(slugs, new Date()) as ReadableStream, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** Takes a ZIP of courses: without `seen` it is only tried. A route, since a ZIP is larger than an action may be. */
export async function POST(request: Request): Promise<Response> {
  const staff = await requirePermission("courses.edit");
  if (!(await isOwnOrigin())) return answer({ kind: "refused", code: "foreign_origin" }, 403);
  if (Number(request.headers.get("content-length") ?? 0) > MOST_UPLOADED)
    return answer({ kind: "refused", code: "too_large" }, 413);
  const form = await request.formData().catch(() => null);
  const file = form?.get("file");
  if (!(file instanceof File)) return answer({ kind: "refused", code: "not_a_zip" }, 400);
  const files = readArchive(new Uint8Array(await file.arrayBuffer()));
  if (!files.ok) return answer({ kind: "refused", code: files.error }, 400);
  const known = { ...(await listKnownPlaces()), files: await listDatasets() };
  const upload = checkUpload(files.value, known);
  if (!upload.courses) return answer({ kind: "mistakes", problems: upload.problems.slice(0, 200) });
  const rows = upload.courses.map(toRows);
  const seen = form?.get("seen");
  if (typeof seen !== "string" || seen === "") return answer({ kind: "tried", ...(await tryUpload(rows)) });
  const imported = await importUpload(staff.userId, rows, seen, new Date());
  if (!imported.ok) return answer({ kind: "refused", code: imported.error }, 409);
  renewPages();
  return answer({ kind: "imported", changes: imported.value });
}
