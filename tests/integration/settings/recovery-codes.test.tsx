import { encode } from "next-auth/jwt";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { TwoStep } from "@/components/settings/two-step";
import { env } from "@/lib/env";
import { createSession, registerUser } from "@/lib/identity/mutations";
import { sessionCookieName } from "@/lib/identity/next-auth";
import {
  beginSecondFactor,
  checkSecondFactor,
  confirmSecondFactor,
  findPendingSecret,
  findSecondFactor,
} from "@/lib/identity/second-factor";
import { totpCode } from "@/lib/identity/totp";
import { renewRecoveryCodesAction } from "@/lib/settings/actions";
import { createTestDatabase } from "../../support/database";

const page = vi.hoisted(() => ({ session: "", drawAgain: vi.fn() }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: new URL(env().APP_URL).origin }),
  cookies: async () => ({ get: (name: string) => ({ name, value: page.session }) }),
}));
vi.mock("next/cache", async (original) => ({ ...(await original<object>()), refresh: page.drawAgain }));

const password = "plum ladder stove";
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test("new recovery codes are counted on the page beneath them", async () => {
  const registered = await registerUser({ email: "mira@example.com", name: "Mira", password });
  if (!registered.ok) throw new Error(registered.error);
  const userId = registered.value;
  const now = new Date();
  const sessionId = await createSession(userId, now, true);
  await beginSecondFactor(userId);
  const code = totpCode((await findPendingSecret(userId)) ?? "", now);
  const confirmed = await confirmSecondFactor({ userId, sessionId }, code, now);
  for (const used of confirmed.ok ? confirmed.value.slice(1) : [])
    await checkSecondFactor(userId, used.replaceAll("-", ""), now);
  expect(await findSecondFactor(userId)).toMatchObject({ recoveryCodesLeft: 1 });

  const sealed = { token: { sessionId }, secret: env().AUTH_SECRET, salt: sessionCookieName() };
  page.session = await encode(sealed);
  const drawn: unknown[] = [];
  page.drawAgain.mockImplementation(() => drawn.push(findSecondFactor(userId)));
  const form = new FormData();
  form.set("password", password);
  expect(await renewRecoveryCodesAction(null, form)).toMatchObject({ ok: true });
  expect(await Promise.all(drawn)).toMatchObject([{ recoveryCodesLeft: 10 }]);
});

test("one that is left is one", () => {
  const shown = (recoveryCodesLeft: number) =>
    renderToStaticMarkup(
      <TwoStep status={{ kind: "on", since: "2026-03-01T12:00:00Z", recoveryCodesLeft }} />,
    );
  expect(shown(10)).toContain("10 of your recovery codes are left.");
  expect(shown(1)).toContain("1 of your recovery codes is left.");
  expect(shown(0)).toContain("0 of your recovery codes are left.");
});
