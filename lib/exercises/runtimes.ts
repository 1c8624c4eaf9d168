/** The runtimes that browsers load. The version is part of the address, so that a browser keeps each file for good. */
export const PYTHON_RELEASE = "pyodide-314.0.7";
export const SQLITE_RELEASE = "sqljs-1.16.0";

type RuntimeFile = { readonly release: string; readonly source: string; readonly type: string };

const python = (file: string, type: string): [string, RuntimeFile] => [
  `${PYTHON_RELEASE}/${file}`,
  { release: PYTHON_RELEASE, source: `pyodide/${file}`, type },
];

const SCRIPT = "text/javascript; charset=utf-8";
const WASM = "application/wasm";

/** Everything below /runtime: the address after it, and the file among the installed packages. */
export const RUNTIME_FILES: ReadonlyMap<string, RuntimeFile> = new Map([
  python("pyodide.mjs", SCRIPT),
  python("pyodide.asm.mjs", SCRIPT),
  python("pyodide.asm.wasm", WASM),
  python("python_stdlib.zip", "application/zip"),
  python("pyodide-lock.json", "application/json"),
  [
    `${SQLITE_RELEASE}/sql-wasm-browser.wasm`,
    { release: SQLITE_RELEASE, source: "sql.js/dist/sql-wasm-browser.wasm", type: WASM },
  ],
]);
