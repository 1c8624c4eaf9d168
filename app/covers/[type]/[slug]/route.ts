import { coverSvg, readCoverOptions } from "@/lib/catalog/cover";

const name = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** A course's cover. Drawn from its address alone, so it may be kept for good; the address carries an edition. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/covers/[type]/[slug]">,
): Promise<Response> {
  const { type, slug } = await params;
  if (!name.test(type) || !name.test(slug)) return new Response("No such cover", { status: 404 });
  const svg = coverSvg(type, slug, readCoverOptions(new URL(request.url).searchParams));
  return new Response(svg, {
    headers: {
      "Content-Type": "image/svg+xml; charset=utf-8",
      "Cache-Control": "public, max-age=31536000, immutable",
    },
  });
}
