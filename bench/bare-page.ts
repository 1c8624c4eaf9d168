import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePort } from "../tests/support/cluster";
import { LOGS, startNext } from "./start-shop";

/** Below the repository, so that it runs on the same installed Next and React. */
const FOLDER = join(LOGS, "bare-page");

const FILES = {
  "app/layout.js":
    'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  "app/page.js":
    'export const metadata = { title: "Bare" };\n\nexport default function Page() {\n  return <main><h1>Bare</h1><p>Nothing else.</p></main>;\n}\n',
  // Next would take the shop's, which lies in the folder above.
  "instrumentation.js": "export function register() {}\n",
  "next.config.mjs": "export default { agentRules: false, poweredByHeader: false };\n",
};

/**
 * What the shop's public pages are measured against: an application of one static page with two lines of text, built and
 * served by the Next that serves the shop. It has none of the shop's headers, proxy, fonts or scripts, so it is the
 * most that this Next can do; and the shop is measured as it ships, with no page added to it.
 */
export async function startBarePage() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, "app"), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(FOLDER, name), text);
  await buildWithNext();
  const port = await freePort();
  const running = await startNext("bare-page", FOLDER, port);
  return { url: `http://127.0.0.1:${port}/`, close: () => running.stop() };
}

async function buildWithNext(): Promise<void> {
  const next = resolve("node_modules", "next", "dist", "bin", "next");
  const output: string[] = [];
  const code = await new Promise((done, fail) => {
    const child = spawn(process.execPath, [next, "build"], {
      cwd: FOLDER,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (text) => output.push(String(text)));
    child.stderr.on("data", (text) => output.push(String(text)));
    child.once("error", fail);
    child.once("close", done);
  });
  if (code !== 0 || !existsSync(join(FOLDER, ".next", "BUILD_ID")))
    throw new Error(`The bare page does not build:\n${output.join("")}`);
}
