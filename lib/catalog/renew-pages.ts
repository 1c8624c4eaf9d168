/** Adapter: has the static pages of this process made anew, each at its next request. */
import "server-only";
import { channel } from "node:diagnostics_channel";
import { revalidatePath } from "next/cache";
import { PAGES_RENEWED } from "./pages-renewed";

/** For route handlers and actions of this process; the others notice the catalogue's revision. */
export function renewPages(): void {
  revalidatePath("/", "layout");
  channel(PAGES_RENEWED).publish(null);
}
