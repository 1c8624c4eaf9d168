import { readRuntime } from "@/lib/exercises/read-runtime";

/** Python and SQLite for the browser. An address never changes its bytes. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/runtime/[release]/[file]">,
): Promise<Response> {
  const { release, file } = await params;
  const found = await readRuntime(`${release}/${file}`);
  if (!found) return new Response("There is no such file.\n", { status: 404 });
  return new Response(found.body, {
    headers: { "Content-Type": found.type, "Cache-Control": "public, max-age=31536000, immutable" },
  });
}
