/**
 * A cookie that scripts may read, set beside a session or a cart. It says only that there is something personal to
 * ask `/api/viewer` for, so that everybody else gets by without the request. Nothing trusts it.
 */
export const VIEWER_HINT_COOKIE = "lectern_viewer";
export const VIEWER_HINT_VALUE = "1";

const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;

/** What to hand to `cookies().set()`; `secure` when the shop is served over https. */
export function viewerHint(secure: boolean) {
  return {
    name: VIEWER_HINT_COOKIE,
    value: VIEWER_HINT_VALUE,
    path: "/",
    sameSite: "lax",
    secure,
    httpOnly: false,
    maxAge: MAX_AGE_SECONDS,
  } as const;
}
