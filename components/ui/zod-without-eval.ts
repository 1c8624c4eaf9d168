import { config } from "zod";

/**
 * The shop's policy forbids `eval`. zod would try it as soon as a schema is made, to compile checks of objects, and browsers
 * report the attempt. So this is imported before any schema, by what checks with zod in the browser.
 */
config({ jitless: true });
