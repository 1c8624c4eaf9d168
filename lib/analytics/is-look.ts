import type { IncomingHttpHeaders } from "node:http";

/** Programs that say what they are; they look at everything and buy nothing. */
const ROBOT =
  /bot|crawl|spider|slurp|preview|monitor|curl|wget|python|headless|lighthouse|http-?client|axios|node|go-http/i;

const COURSE = /^\/courses\/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\?|$)/;

/**
 * The course that a request looks at, if a person's browser asks for its page: as a document, or as the payload that the router
 * fetches when a link is followed or pointed at (it then needs no other). Null for everything else.
 */
export function lookedAt(
  method: string | undefined,
  url: string | undefined,
  headers: Readonly<IncomingHttpHeaders>,
): string | null {
  if (method !== "GET" || url?.startsWith("/courses/") !== true) return null;
  const slug = COURSE.exec(url)?.[1];
  if (!slug || slug === "search") return null;
  const purpose = `${headers.purpose ?? ""} ${headers["sec-purpose"] ?? ""}`;
  const agent = headers["user-agent"];
  if (purpose.includes("prefetch") || agent === undefined || ROBOT.test(agent)) return null;
  // A tree of segments is no page yet.
  if (headers["next-router-segment-prefetch"] === "/_tree") return null;
  return slug;
}
