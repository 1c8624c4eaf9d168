/** Adapter: the reader's time zone: the one they chose, else the one their browser names in a cookie. */
import "server-only";
import { cookies } from "next/headers";
import type { Viewer } from "./viewer";
import { knownZone, ZONE_COOKIE } from "./zone";

/** An IANA zone; UTC until the browser has told. `isChosen`: nobody need ask the browser. */
export async function readReaderZone(
  viewer: Pick<Viewer, "timeZone">,
): Promise<{ readonly zone: string; readonly isChosen: boolean }> {
  const chosen = knownZone(viewer.timeZone ?? undefined);
  if (chosen) return { zone: chosen, isChosen: true };
  return { zone: knownZone((await cookies()).get(ZONE_COOKIE)?.value) ?? "UTC", isChosen: false };
}
