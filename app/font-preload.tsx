import inter from "@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2";
import serif from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2";
import { preload } from "react-dom";

/** Fetches the two Latin uprights with the page: the bundler gives the same hashed address to this and to fonts.css. */
export function FontPreload() {
  for (const href of [inter, serif])
    preload(href, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  return null;
}
