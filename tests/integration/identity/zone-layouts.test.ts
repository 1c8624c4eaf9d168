import { encode } from "next-auth/jwt";
import { Children, isValidElement, type ReactNode } from "react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import AccountLayout from "@/app/account/layout";
import AdminLayout from "@/app/admin/layout";
import { SyncZone } from "@/components/progress/sync-zone";
import { env } from "@/lib/env";
import { createSession, makeAdmin } from "@/lib/identity/mutations";
import { sessionCookieName } from "@/lib/identity/next-auth";
import { ZONE_COOKIE } from "@/lib/identity/zone";
import { createTestDatabase } from "../../support/database";

const jar = new Map<string, string>();
vi.mock("next/headers", () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
  }),
}));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** The zones of which the browser is told that the shop knows them, to name its own if that is another. */
function zonesAskedFor(node: ReactNode): readonly string[] {
  return Children.toArray(node).flatMap((child) => {
    if (!isValidElement<{ known: string; children?: ReactNode }>(child)) return [];
    return child.type === SyncZone ? [child.props.known] : zonesAskedFor(child.props.children);
  });
}

test.each([
  ["account", AccountLayout],
  ["desk", AdminLayout],
])(
  "every page of the %s asks the browser for its zone, unless the reader has chosen one",
  async (_, layout) => {
    const userId = await makeAdmin({ email: "ada@example.com", name: "Ada", password: "plum ladder stove" });
    const token = { sessionId: await createSession(userId, new Date(), true, { secondFactor: true }) };
    const salt = sessionCookieName();
    jar.clear();
    jar.set(salt, await encode({ token, secret: env().AUTH_SECRET, salt }));
    const drawn = async () => zonesAskedFor(await layout({ children: null }));
    expect(await drawn()).toEqual(["UTC"]);
    jar.set(ZONE_COOKIE, "Asia/Tokyo");
    expect(await drawn()).toEqual(["Asia/Tokyo"]);
    await database.sql`update users set time_zone = 'Europe/Lisbon' where id = ${userId}`;
    expect(await drawn()).toEqual([]);
    await database.sql`update users set time_zone = null where id = ${userId}`;
  },
);
