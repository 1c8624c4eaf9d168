/** The classes of a block of code, for text that is put together without React. */
export const codeBlockClass = {
  frame: "code-block overflow-hidden rounded-md border border-hairline bg-sunken",
  head: "flex min-h-target items-center justify-between gap-3 border-b border-hairline pr-2 pl-4 font-mono text-xs font-medium text-ink-soft",
  code: "overflow-x-auto p-4 text-xs leading-[1.7] tab-4 focus-visible:-outline-offset-3",
} as const;
