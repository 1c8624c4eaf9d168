/**
 * Lets Node run the project's TypeScript outside Next:
 *
 *   node --import ./scripts/typescript.mjs scripts/worker.ts
 *
 * tsx compiles (and resolves `@/…` through tsconfig.json). `server-only` becomes an empty module: the
 * package throws on purpose wherever the bundler does not know React's server condition, which is
 * everywhere but in Next, and setting that condition here would swap React itself.
 */
import module from "node:module";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

// Through the variable, not the option: the option is not applied to JSX when the working directory is another.
process.env.TSX_TSCONFIG_PATH = fileURLToPath(new URL("../tsconfig.json", import.meta.url));
register();

const EMPTY = "data:text/javascript,export%20%7B%7D";

/** The same resolve hook in both forms; `registerHooks` arrived in Node 22.15, where it is the cheaper one. */
if (typeof module.registerHooks === "function") {
  module.registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "server-only" ? { url: EMPTY, shortCircuit: true } : next(specifier, context),
  });
} else {
  const hook = `export const resolve = (specifier, context, next) =>
    specifier === "server-only" ? { url: ${JSON.stringify(EMPTY)}, shortCircuit: true } : next(specifier, context);`;
  module.register(`data:text/javascript,${encodeURIComponent(hook)}`);
}
