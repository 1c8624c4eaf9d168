/** The names of what the service worker and the pages keep in this browser. */

/** Lessons and their exercises as one person sees them. Emptied when that person signs out, or another one signs in. */
export const PERSONAL_CACHE = "lectern-personal";
/** Scripts, styles and fonts; each address keeps its bytes for good. */
export const STATIC_CACHE = "lectern-static";
/** Python and SQLite. */
export const RUNTIME_CACHE = "lectern-runtimes";
/** The made-up data that SQL exercises ask about. */
export const DATASET_CACHE = "lectern-datasets";

/** `/learn/<course>/<lesson>`, and what its editors need. Never a solution. */
export const LESSON_PATH = /^\/learn\/[a-z0-9-]+\/[a-z0-9-]+(?:\/exercises)?$/;
/** A lesson's pictures and downloads. */
export const FILE_PATH = /^\/learn\/[a-z0-9-]+\/files\/[a-z0-9_.-]+$/;

/** Asks for a page to keep it: nobody opened it, so it is not where to continue. */
export const COPY_HEADER = "lectern-copy";
