import { readRuntime } from "@/lib/exercises/read-runtime";

/** Python and SQLite for the browser. An address never changes its bytes. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/runtime/[release]/[file]">,
): Promise<Response> {
  const { release, file } = await params;
  const found = await readRuntime(`${release}/${file}`);
  if (!found) return new Response("There is no such file.\n", { status: 404 });
  const packed = /\bgzip\b/.test(request.headers.get("accept-encoding") ?? "") ? found.packed : null;
  const body = new Uint8Array(packed ?? found.plain);
  return new Response(body, {
    headers: {
      "Content-Type": found.type,
      "Content-Length": String(body.byteLength),
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      ...(packed ? { "Content-Encoding": "gzip" } : {}),
    },
  });
}
