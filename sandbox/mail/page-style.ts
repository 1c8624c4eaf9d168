/** The shop's paper and ink, without its green and its serif, so that nobody takes the inbox for the shop. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --paper: light-dark(#faf7f0, #171612); --surface: light-dark(#fffdf8, #1f1d18); --sunken: light-dark(#f3eee3, #121110);
  --ink: light-dark(#211e18, #ece6d9); --soft: light-dark(#4a453b, #cbc3b4); --muted: light-dark(#665f52, #a49b8a);
  --hairline: light-dark(#e4dccd, #322f28); --field-line: light-dark(#8b8270, #7d7565);
  --warning-tint: light-dark(#faeed3, #31281a); --warning-line: light-dark(#dfc48a, #66532c);
  --gutter: clamp(1.25rem, 4vw, 2.5rem); }
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 400 1rem/1.55 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: inherit; text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; border-radius: 4px; }
.wrap { width: min(100% - 2 * var(--gutter), 60rem); margin-inline: auto; }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 2; background: var(--surface); padding: .75rem 1rem; border-radius: 6px; }
.skip:focus { top: .75rem; }
.band { position: sticky; top: 0; z-index: 1; border-bottom: 1px solid var(--warning-line); font-size: .875rem;
  background: repeating-linear-gradient(135deg, var(--warning-tint) 0 14px, color-mix(in srgb, var(--warning-line) 45%, var(--warning-tint)) 14px 28px); }
.band > div { display: flex; flex-wrap: wrap; align-items: center; gap: 2px .75rem; min-height: 3rem; padding-block: .5rem; }
.band strong, .band span { background: var(--warning-tint); padding: 2px 8px; border-radius: 4px; }
main { padding-block: 1.5rem 3rem; }
h1 { font-size: 1.5625rem; line-height: 1.28; font-weight: 600; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 1rem; font-weight: 600; margin-block: 2rem .75rem; }
.lead { color: var(--soft); margin-top: .25rem; }
.back, .more { display: inline-flex; align-items: center; min-height: 2.75rem; font-size: .875rem; color: var(--soft); }
form { display: grid; grid-template-columns: 1fr auto; gap: .25rem .5rem; margin-block: 1.25rem; max-width: 30rem; }
form label { grid-column: 1 / -1; font-size: .875rem; font-weight: 500; }
input, button { font: inherit; min-height: 2.75rem; padding-inline: .75rem; border: 1px solid var(--field-line); border-radius: 6px; background: var(--surface); color: var(--ink); min-width: 0; }
button { background: var(--ink); border-color: var(--ink); color: var(--paper); font-weight: 600; padding-inline: 1.125rem; cursor: pointer; }
.mails { list-style: none; padding: 0; border: 1px solid var(--hairline); border-radius: 10px; background: var(--surface); overflow: hidden; }
.mails li + li { border-top: 1px solid var(--hairline); }
.mails a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: .75rem 1.25rem; text-decoration: none; min-height: 2.75rem; }
.mails a:hover { background: var(--sunken); }
.mails a:focus-visible { outline-offset: -2px; }
.mails strong { font-weight: 600; overflow-wrap: anywhere; }
.mails .to { grid-column: 1; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) { .mails a { grid-template-columns: minmax(0, 1fr); } .mails time { order: 1; } }
time, .note { color: var(--muted); font-size: .8125rem; font-variant-numeric: tabular-nums; }
.empty { border: 1px dashed var(--field-line); border-radius: 10px; padding: 3rem 1.25rem; text-align: center; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .375rem 1.25rem; margin-top: 1.25rem; font-size: .875rem; }
dt { color: var(--muted); } dd { overflow-wrap: anywhere; }
iframe { display: block; width: 100%; height: 38rem; border: 1px solid var(--hairline); border-radius: 10px; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem 1.25rem; border: 1px solid var(--hairline); border-radius: 10px; background: var(--surface); font: .875rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.files { list-style: none; padding: 0; } .files a { display: inline-flex; align-items: center; min-height: 2.75rem; gap: .75rem; }
footer { border-top: 1px solid var(--hairline); padding-block: 1.25rem; font-size: .8125rem; color: var(--muted); }
`;
