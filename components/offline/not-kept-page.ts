type KeptLesson = { readonly path: string; readonly html: string };

/* The design's tokens, in short: without a network the shop's own style sheet may not be here. */
const STYLE = `:root { color-scheme: light dark; --ink: light-dark(#211e18, #ece6d9); --soft: light-dark(#4a453b, #cbc3b4); --line: light-dark(#e4dccd, #322f28); --accent: light-dark(#1d5942, #86c19f); }
body { margin: 0; background: light-dark(#faf7f0, #171612); color: var(--ink); font: 400 1.0625rem/1.6 system-ui, sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 40.5rem; margin: 0 auto; padding: clamp(3rem, 12vh, 7rem) 1.25rem 4rem; }
h1, h2 { font-family: Charter, "Iowan Old Style", Georgia, serif; font-weight: 600; line-height: 1.15; text-wrap: balance; }
h1 { margin: 0 0 1rem; font-size: clamp(2rem, 6vw, 2.75rem); letter-spacing: -0.02em; }
h2 { margin: 3rem 0 0.5rem; font-size: 1.375rem; }
p { margin: 0 0 1rem; color: var(--soft); }
ul { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
li { border-bottom: 1px solid var(--line); }
a { display: inline-flex; align-items: center; min-height: 2.75rem; color: var(--accent); text-underline-offset: 0.2em; }
li a { display: flex; text-decoration: none; }
li a:hover { text-decoration: underline; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }`;

/** What stands for a lesson that is not in this browser while there is no network: which ones are. HTML. */
export function notKeptPage(kept: readonly KeptLesson[]): string {
  const entries = kept.map(({ path, html }) => ({ path, title: titleOf(html) })).filter(({ title }) => title);
  const list = entries.map(({ path, title }) => `<li><a href="${path}">${title}</a></li>`).join("\n");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No network</title>
<style>${STYLE}</style>
<main>
<h1>There is no network.</h1>
<p>This lesson was not opened in this browser before, so there is no copy of it here.${entries.length > 0 ? "" : " Lessons that you open are kept."}</p>
<p><a href="">Try again</a></p>
${entries.length > 0 ? `<h2>Kept in this browser</h2>\n<ul>\n${list}\n</ul>` : ""}
</main>
</html>`;
}

/** "Values and names, Python from zero", as HTML; the shop's name at the end says nothing here. */
const titleOf = (html: string) => /<title>([^<]*)<\/title>/.exec(html)?.[1]?.replace(/ · [^·]*$/, "") ?? "";
