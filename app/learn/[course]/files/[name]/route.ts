import { FILE_NAME } from "@/lib/catalog/course-file";
import { slug } from "@/lib/catalog/schema";
import { findViewer } from "@/lib/identity/session";
import { findCourseFile } from "@/lib/learning/queries";
import { COURSE_FILE_HEADERS } from "@/lib/security-headers";

/** A picture or a download of a course, for whoever may read a lesson that shows it. Others learn not even that it exists. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/learn/[course]/files/[name]">,
): Promise<Response> {
  const { course, name } = await params;
  const isAddress = slug.safeParse(course).success && FILE_NAME.test(name);
  const file = isAddress ? await findCourseFile(await findViewer(), course, name) : null;
  if (!file)
    return new Response("There is no such file.\n", {
      status: 404,
      headers: { ...COURSE_FILE_HEADERS, "Cache-Control": "private, no-store" },
    });
  const etag = `"${file.sha256}"`;
  const headers = { ...COURSE_FILE_HEADERS, ETag: etag };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      ...headers,
      "Content-Type": file.mediaType,
      "Content-Disposition": `${file.isPicture ? "inline" : "attachment"}; filename="${name}"`,
    },
  });
}
