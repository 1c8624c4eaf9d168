/** One line of text whose only mark-up is `code` between backticks. */
export function InlineCode({ children }: { readonly children: string }) {
  const parts = children
    .split("`")
    .map((text, place) => ({ text, key: `${place}-${text}`, isCode: place % 2 === 1 }));
  return parts.map(({ text, key, isCode }) => (isCode ? <code key={key}>{text}</code> : text));
}

/** The same text without its marks, for titles and descriptions. */
export function withoutMarks(text: string): string {
  return text.replaceAll("`", "");
}
