/** `npm run dev`: the same parts as `npm start`, with the shop in watch mode. */
import { prepareWorkingCopy } from "./install.mjs";

await prepareWorkingCopy();
await import("./typescript.mjs");
const { start } = await import("./start.ts");
await start("development");
