import { bundleWorker } from "@/lib/exercises/bundle-worker";

/** Built once, together with the shop. */
export const dynamic = "force-static";
export const dynamicParams = false;

const WORKERS: Readonly<Record<string, string>> = {
  "python.js": "components/exercises/python-worker.ts",
  "sql.js": "components/exercises/sql-worker.ts",
};

export function generateStaticParams(): { name: string }[] {
  return Object.keys(WORKERS).map((name) => ({ name }));
}

/** What runs the learner's programs. Their policy, in lib/security-headers.ts, lets them compile WebAssembly. */
export async function GET(_request: Request, { params }: RouteContext<"/workers/[name]">): Promise<Response> {
  const entry = WORKERS[(await params).name];
  return entry ? bundleWorker(entry, "esm") : new Response("There is no such worker.\n", { status: 404 });
}
