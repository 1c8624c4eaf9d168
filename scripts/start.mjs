/** `npm start`: on a fresh clone with nothing but Node and npm, ends with a running shop. */
import { prepareWorkingCopy } from "./install.mjs";

await prepareWorkingCopy();
await import("./typescript.mjs");
const { start } = await import("./start.ts");
await start("production");
