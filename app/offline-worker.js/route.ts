import { build } from "esbuild";

/** Built once, together with the shop. At the root, because a worker may look after what lies below its own address. */
export const dynamic = "force-static";

/** The service worker behind lessons without a network. */
export async function GET(): Promise<Response> {
  const { outputFiles } = await build({
    entryPoints: ["components/offline/worker.ts"],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  return new Response(outputFiles[0]?.text ?? "", {
    headers: { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache" },
  });
}
