/// <reference lib="webworker" />
import type { loadPyodide } from "pyodide";
import type { PythonRequest, WorkerMessage } from "@/lib/exercises/protocol";
import { type Python, preparePython } from "@/lib/exercises/run-python";
import { PYTHON_RELEASE, RUNTIME_FILES } from "@/lib/exercises/runtimes";
import { serveRequests } from "@/lib/exercises/serve-requests";

const tell = (message: WorkerMessage) => self.postMessage(message);

/** Parts of the wait, by what each takes on an ordinary line: most of it is the interpreter itself. */
const WEIGHTS: Readonly<Record<string, number>> = {
  "pyodide.mjs": 1,
  "pyodide.asm.mjs": 6,
  "pyodide.asm.wasm": 48,
  "python_stdlib.zip": 24,
  "pyodide-lock.json": 1,
};

/** Counts files as the browser reports them, without touching their bytes. */
function watchLoading(): () => void {
  let fraction = 0;
  const seen = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const file = entry.name.split("/").at(-1) ?? "";
      fraction += (WEIGHTS[file] ?? 0) / 100;
    }
    tell({ type: "progress", fraction, what: fraction > 0.75 ? "Starting Python" : "Loading Python" });
  });
  seen.observe({ type: "resource", buffered: true });
  return () => seen.disconnect();
}

async function start(): Promise<Python> {
  const stop = watchLoading();
  tell({ type: "progress", fraction: 0, what: "Loading Python" });
  const base = new URL(`/runtime/${PYTHON_RELEASE}/`, self.location.origin).href;
  if (!RUNTIME_FILES.has(`${PYTHON_RELEASE}/pyodide.mjs`)) throw new Error("There is no Python to load.");
  const module: { readonly loadPyodide: typeof loadPyodide } = await import(`${base}pyodide.mjs`);
  const pyodide = await module.loadPyodide({ indexURL: base });
  stop();
  return preparePython(pyodide);
}

self.addEventListener(
  "message",
  serveRequests<Python, PythonRequest>(
    start(),
    (python, request) => {
      if (request.type === "test") return python.test(request.task, request.code, request.number);
      const emit = (text: string) => tell({ type: "output", text });
      return python.run(request.task, request.code, request.lines, emit);
    },
    tell,
  ),
);
