/** Adapter: short-lived cookies that tie two steps to one browser. */
import "server-only";
import { cookies } from "next/headers";
import { isHttps } from "./next-auth";
import { TOKEN_SECONDS } from "./token-lifetime";

/**
 * `second_step`: the password was right, the code is missing. `sign_up`: which browser asked for an account. `provider`:
 * which browser went to Google or GitHub, and what for.
 */
export type Step = "second_step" | "sign_up" | "provider";

const nameOf = (step: Step) => `${isHttps() ? "__Host-" : ""}lectern_${step}`;

const options = () => ({ httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() }) as const;

export async function readStep(step: Step): Promise<string | null> {
  return (await cookies()).get(nameOf(step))?.value ?? null;
}

/** For actions and route handlers only. */
export async function writeStep(step: Step, secret: string): Promise<void> {
  (await cookies()).set(nameOf(step), secret, { ...options(), maxAge: TOKEN_SECONDS[step] });
}

export async function clearStep(step: Step): Promise<void> {
  (await cookies()).set(nameOf(step), "", { ...options(), maxAge: 0 });
}
