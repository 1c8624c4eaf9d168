import fc from "fast-check";
import { expect, test } from "vitest";
import { readContent } from "@/lib/catalog/read-content";
import { renderMarkdown } from "@/lib/catalog/render-markdown";

const html = (markdown: string): string => renderMarkdown(markdown);
/** Each tag with its attributes. A `<` in a text is always escaped; a `>` may stand in an attribute. */
const tagsOf = (out: string) => [...out.matchAll(/<([a-z0-9]+)((?:"[^"]*"|[^>"])*)>/gi)];

test("headings, code with its file name, tables and inline code", () => {
  const text =
    '## Count *them*\n\n```python title="count.py"\nx = 1  # one\n```\n\n| a | b |\n|---|--:|\n| `1` | 2 |\n';
  expect(html(text).replaceAll(/>\n</g, "><")).toBe(
    '<h2 id="count-them">Count <em>them</em></h2>' +
      '<pre data-label="Code 1: count.py" data-language="python" data-title="count.py">' +
      'x = <span class="hljs-number">1</span>  <span class="hljs-comment"># one</span></pre>' +
      '<table data-label="Table 1"><thead><tr><th>a</th><th align="right">b</th></tr></thead>' +
      '<tbody><tr><td><code>1</code></td><td align="right">2</td></tr></tbody></table>',
  );
});

test("SQL and shell sessions are highlighted, text is left alone, an unknown language is no error", () => {
  expect(html("```sql\nSELECT 1\n```")).toContain("hljs-keyword");
  expect(html("```console\n$ python3 x.py\n```")).toContain("hljs-meta");
  expect(html("```text\nSELECT 1\n```")).toBe(
    '<pre data-label="Text 1" data-language="text">SELECT 1\n</pre>',
  );
  expect(html("```klingon\nx\n```")).toContain("x");
});

test.each([
  ["a script", "<script>alert(1)</script>"],
  ["an inline handler", '<img src=x onerror="alert(1)">'],
  ["an iframe", '<iframe src="https://evil.example"></iframe>'],
  ["a javascript link", "[x](javascript:alert(1))"],
  ["a javascript link with a tab", "[x](java\tscript:alert(1))"],
  ["an encoded javascript link", "[x](&#106;avascript:alert(1))"],
  ["a data link", "[x](data:text/html;base64,PHNjcmlwdD4=)"],
  ["a vbscript autolink", "<vbscript:msgbox(1)>"],
  ["an image", "![x](https://evil.example/pixel.png)"],
  ["a reference link", "[x][y]\n\n[y]: javascript:alert(1)"],
  ["a style", '<p style="position:fixed">x</p>'],
  ["a form", '<form action="https://evil.example"><input name="password"></form>'],
  ["a svg", "<svg onload=alert(1)>"],
  ["a title that breaks out", '```python title="><script>alert(1)</script>"\nx\n```'],
  ["a class that is not a language", '```x"onload=alert(1)\ny\n```'],
  ["a clobbering id", '<a id="main" name="cookie">x</a>'],
  ["half a tag", "<a href='https://evil.example"],
])("%s comes to nothing", (_what, markdown) => {
  const out = html(markdown);
  for (const [, tag, attributes] of tagsOf(out)) {
    expect(tag).toMatch(/^(p|a|pre|code|span)$/);
    expect(attributes?.replaceAll(/"[^"]*"/g, "")).not.toMatch(/\s(on\w+|style|src|name|action)=/i);
    expect(attributes).not.toMatch(/href="(?!https:|\/|#)/i);
  }
});

test("headings cannot take the page's own ids", () => {
  expect(renderMarkdown("## Main", { idPrefix: "lesson-" })).toBe('<h2 id="lesson-main">Main</h2>');
});

test("an e-mail address in the text is no link; an https link is one", () => {
  expect(html("Write to ada@example.org")).toBe("<p>Write to ada@example.org</p>");
  expect(html("[docs](https://docs.python.org/3/)")).toBe(
    '<p><a href="https://docs.python.org/3/">docs</a></p>',
  );
  expect(html("[next](/courses/clean-data)")).toContain('href="/courses/clean-data"');
  expect(html("[plain](http://example.org)")).not.toContain("href");
});

/** What Markdown becomes, and in formulas what KaTeX writes as MathML. */
const TAGS = new Set([
  ..."p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a br hr table thead tbody tr th td span aside div".split(
    " ",
  ),
  ..."math semantics annotation mrow mi mn mo mtext mspace msup msub msubsup mfrac msqrt mroot mover munder".split(
    " ",
  ),
  ..."munderover mtable mtr mtd mstyle mpadded mphantom menclose merror".split(" "),
]);

test.each([
  ["Markdown", ["`", "```", "[", "](", ")", "|", "\n", "#", "*", "> [!NOTE]\n", "![", "](files/a.svg)"]],
  [
    "formulas",
    ["$$", "$$\n", "\n$$\n", "\\frac", "{", "}", "\\href{javascript:", "\\htmlStyle{", "\\sqrt", "^", "&"],
  ],
])("never throws and never lets a foreign tag through, whatever the text: %s", (_what, own) => {
  const foreign = ["<", ">", "script", "javascript:", '"', "on=", "&lt;", " "];
  const pieces = fc.constantFrom(...own, ...foreign);
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 40 }), (parts) => {
      const out = html(parts.join(""));
      // A text never begins a tag: without ours there is no `<` left.
      expect(
        tagsOf(out)
          .reduce((left, [tag]) => left.replace(tag, ""), out)
          .replaceAll(/<\/\w+>/g, ""),
      ).not.toContain("<");
      for (const [, tag = "", attributes] of tagsOf(out)) {
        if (tag === "img") expect(attributes).toContain('src="files/a.svg"');
        else expect(TAGS).toContain(tag);
        expect(attributes?.replaceAll(/"[^"]*"/g, "")).not.toMatch(/\s(on\w+|style|action)=/i);
      }
      expect(out).not.toMatch(/href="(javascript|data|vbscript):/i);
    }),
    { numRuns: 300, examples: [[["$$"]], [["$$\\frac{a}{b}$$"]]] },
  );
});

test("every lesson that ships renders, its code blocks named", async () => {
  for (const [path, text] of await readContent("content")) {
    if (!path.endsWith(".md")) continue;
    const out = html(text.slice(text.indexOf("\n---\n") + 5));
    const labels = [...out.matchAll(/<(?:pre|table) data-label="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(labels).size, path).toBe(labels.length);
    expect(out, path).not.toContain("<pre>");
  }
});

test("callouts name their kind; anything else stays a quotation", () => {
  expect(html("> [!WARNING]\n> Mind *this*.")).toBe(
    '<aside data-callout="warning">\n<p>Mind <em>this</em>.</p>\n</aside>',
  );
  expect(html("> [!NOTE]\n>\n> Second paragraph")).toContain('<aside data-callout="note">');
  for (const plain of ["> [!EVIL]\n> x", "> note\n> x", "> x [!NOTE]"])
    expect(html(plain)).toContain("<blockquote>");
});

test("formulas become MathML without styles or scripts, and a price stays a price", () => {
  const formula = html("The mean is $$\\frac{a+b}{2}$$ here.\n\n$$\nx^2\n$$\n");
  expect(formula).toContain("<math");
  expect(formula).toContain("<mfrac>");
  expect(formula).not.toMatch(/style=|<script|katex-html/);
  expect(formula).toContain('<div data-label="Formula 1"><math');
  expect(html("It costs $12 or $15.")).toBe("<p>It costs $12 or $15.</p>");
  expect(html("$$\\href{javascript:alert(1)}{x}$$ $$\\htmlStyle{color:red}{x}$$")).not.toMatch(
    /href=|style=/,
  );
  expect(html("$$\\notACommand{$$")).not.toBe("");
});
