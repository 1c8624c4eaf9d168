import { findViewer } from "@/lib/identity/session";
import { findCourseFile } from "@/lib/learning/queries";

/** A picture or a download of a course, for whoever may read a lesson that shows it. Others learn not even that it exists. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/learn/[course]/files/[name]">,
): Promise<Response> {
  const { course, name } = await params;
  const file = await findCourseFile(await findViewer(), course, name);
  if (!file) return new Response("There is no such file.\n", { status: 404 });
  const etag = `"${file.sha256}"`;
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304 });
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      "Content-Type": file.mediaType,
      "Content-Disposition": `${file.isPicture ? "inline" : "attachment"}; filename="${name}"`,
      ETag: etag,
      // A picture is only ever drawn: opened by itself it may run and load nothing.
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
}
