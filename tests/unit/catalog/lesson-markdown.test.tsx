import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "@/components/catalog/markdown";

const files = {
  base: "/learn/first-course/files/",
  pictures: [{ name: "shelf.svg", width: 320, height: 120 }],
};
/** What stands inside the box of the text. */
const html = (source: string, withFiles = true) =>
  renderToStaticMarkup(<Markdown source={source} copy anchors {...(withFiles ? { files } : {})} />).replace(
    /^<div class="prose max-w-prose">([\s\S]*)<\/div>$/,
    "$1",
  );

test("a picture comes from the course with its size, a download is one, and neither is shown where there are no files", () => {
  const text = "![A shelf](files/shelf.svg) and [the votes](files/votes.csv).";
  expect(html(text)).toContain(
    '<img src="/learn/first-course/files/shelf.svg" alt="A shelf" width="320" height="120" loading="lazy" decoding="async">',
  );
  expect(html(text)).toContain('<a href="/learn/first-course/files/votes.csv" download>the votes</a>');
  expect(html(text, false)).toBe("<p> and the votes.</p>");
});

test("a heading keeps its name and has its address beside it", () => {
  expect(html("## Count them")).toMatch(
    /^<div class="heading-line"><h2 id="count-them">Count them<\/h2><a href="#count-them" aria-label="Link to this section">/,
  );
});

test("a block of code names its language when it has no file name, and carries the button that copies it", () => {
  expect(html("```sql\nSELECT 1\n```")).toMatch(
    /<span>SQL<\/span><button type="button" [\s\S]* data-copy="" data-needs-script="">/,
  );
  expect(html('```python title="jam.py"\nx\n```')).toContain("<span>jam.py</span>");
});

test("a callout is named", () => {
  expect(html("> [!TIP]\n> Read on.")).toContain(
    '<aside data-callout="tip" aria-label="Tip"><p class="callout-title">Tip</p>',
  );
});
