import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePort } from "../tests/support/ports";
import { LOGS, startNext } from "./start-shop";

/** Below the repository, so that it runs on the same installed Next and React. */
const folderOf = (name: string) => join(LOGS, name);

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
export function startBarePage() {
  return startBareApplication("bare-page", {});
}

/** The same with other files, by their path. `settings` are its environment. */
export async function startBareApplication(
  name: string,
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>> = {},
) {
  const folder = folderOf(name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "app"), { recursive: true });
  for (const [path, text] of Object.entries({ ...FILES, ...files })) writeFileSync(join(folder, path), text);
  await buildWithNext(folder);
  const port = await freePort();
  const running = await startNext(name, folder, port, settings);
  return { url: `http://127.0.0.1:${port}/`, close: () => running.stop() };
}

async function buildWithNext(folder: string): Promise<void> {
  const next = resolve("node_modules", "next", "dist", "bin", "next");
  const output: string[] = [];
  const code = await new Promise((done, fail) => {
    const child = spawn(process.execPath, [next, "build"], {
      cwd: folder,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (text) => output.push(String(text)));
    child.stderr.on("data", (text) => output.push(String(text)));
    child.once("error", fail);
    child.once("close", done);
  });
  if (code !== 0 || !existsSync(join(folder, ".next", "BUILD_ID")))
    throw new Error(`The bare page does not build:\n${output.join("")}`);
}
