import type { Session } from "../store/records";
import type { Frame } from "./layout";

/** The shop's page around an embedded session; null for a session with a page of its own. */
export function frameOf(session: Session): Frame | null {
  if (session.ui_mode !== "embedded_page") return null;
  return { parent: session.return_url === undefined ? "*" : new URL(session.return_url).origin };
}
