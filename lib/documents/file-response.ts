/**
 * A file to keep, never a page to show: the browser saves it under `name`, guesses nothing about it and leaves no copy in
 * a cache. `name` may hold any letters.
 */
export function fileResponse(body: Buffer | ReadableStream, name: string, type: string): Response {
  const ascii = name.replace(/[^\w.-]/g, "_");
  return new Response(Buffer.isBuffer(body) ? new Uint8Array(body) : body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      ...(Buffer.isBuffer(body) ? { "Content-Length": String(body.length) } : {}),
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}
