import { invalidRequest } from "../stripe-error";

interface UrlParams {
  cancel_url?: string;
  redirect_on_completion?: "always" | "if_required" | "never";
  return_url?: string;
  success_url?: string;
  ui_mode?: "hosted_page" | "embedded_page";
}

/** Which addresses a session needs and may have depends on where its page is shown. Throws Stripe's error otherwise. */
export function checkSessionUrls(params: UrlParams): void {
  if (params.ui_mode === "embedded_page") {
    refuse(params, ["success_url", "cancel_url"], "embedded_page");
    const returns = params.redirect_on_completion !== "never";
    if (returns) need(params, "return_url");
    else refuse(params, ["return_url"], "embedded_page` and `redirect_on_completion` is `never");
  } else {
    refuse(params, ["return_url", "redirect_on_completion"], "hosted_page");
    need(params, "success_url");
  }
  for (const name of ["success_url", "cancel_url", "return_url"] as const) {
    const url = params[name];
    if (url === undefined) continue;
    // The placeholder's braces are fine in a query but not everywhere in an address.
    if (!URL.canParse(url.replaceAll("{CHECKOUT_SESSION_ID}", "cs_test")) || !/^https?:\/\//.test(url)) {
      throw invalidRequest("Not a valid URL", { code: "url_invalid", param: name });
    }
  }
}

function need(params: UrlParams, name: keyof UrlParams): void {
  if (params[name] !== undefined) return;
  throw invalidRequest(`Missing required param: ${name}.`, { code: "parameter_missing", param: name });
}

function refuse(params: UrlParams, names: readonly (keyof UrlParams)[], when: string): void {
  const given = names.find((name) => params[name] !== undefined);
  if (given === undefined) return;
  throw invalidRequest(`You can not pass \`${given}\` when \`ui_mode\` is \`${when}\`.`, { param: given });
}
