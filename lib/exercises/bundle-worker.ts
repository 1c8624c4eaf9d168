/** Adapter: esbuild, for the scripts that run beside the page. The framework's own bundler makes classic workers only, and Python needs a module. */
import "server-only";
import { build } from "esbuild";

/** One file that a browser runs as it is. `entry` is a path of this repository; called while the shop is built. */
export async function bundleWorker(entry: string, format: "esm" | "iife"): Promise<Response> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format,
    platform: "browser",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  return new Response(outputFiles[0]?.text ?? "", {
    headers: { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache" },
  });
}
