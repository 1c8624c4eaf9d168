/** Markup that is safe to send: made by the `html` tag only, which escapes everything put into it. */
export class Html {
  constructor(readonly text: string) {}
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

const ENTITIES: Record<string, string> = {
  '"': "&quot;",
  "&": "&amp;",
  "'": "&#39;",
  "<": "&lt;",
  ">": "&gt;",
};

function render(content: Content): string {
  if (content instanceof Html) return content.text;
  if (content === null || content === undefined || content === false) return "";
  if (typeof content === "string" || typeof content === "number") {
    return String(content).replace(/["&'<>]/g, (character) => ENTITIES[character] ?? character);
  }
  return content.map(render).join("");
}

export function html(strings: TemplateStringsArray, ...contents: Content[]): Html {
  return new Html(strings.map((text, index) => text + render(contents[index])).join(""));
}

/** Only http and https addresses may become links. */
export function safeHref(url: string | null): string | null {
  return url !== null && /^https?:\/\//.test(url) ? url : null;
}
