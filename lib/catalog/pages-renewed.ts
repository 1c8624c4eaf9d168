/**
 * The name of the channel on which a process says to itself that its static pages are made anew. `node:diagnostics_channel`
 * joins the two programs that one process holds: what Next bundled, and the server around it.
 */
export const PAGES_RENEWED = "lectern:pages-renewed";
