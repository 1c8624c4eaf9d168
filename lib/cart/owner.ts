/** Adapter: whose cart the current request is about. */
import "server-only";
import type { Viewer } from "@/lib/identity/session";
import { readCartToken } from "./cookie";
import type { CartOwner } from "./schema";

/** The learner's cart, else the browser's; null for a visitor who has put nothing in yet. */
export async function findCartOwner(viewer: Viewer | null): Promise<CartOwner | null> {
  if (viewer) return { kind: "learner", userId: viewer.userId };
  const token = await readCartToken();
  return token ? { kind: "guest", token } : null;
}
