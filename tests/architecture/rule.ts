import { lineAt, type Source } from "./read-source";

export type Sources = ReadonlyMap<string, Source>;

/** `lib/cart/queries.ts:3 loads stripe` */
export type Breach = string;

export type Rule = {
  /** Read as a sentence after "it". */
  readonly name: string;
  readonly breaches: (all: Sources) => Breach[];
  /** Made-up repositories (path → text) that break this rule, each in one place. */
  readonly breaks: readonly Readonly<Record<string, string>>[];
};

/** Every place in the chosen sources where `pattern` (global) matches; `what` says what was found. */
export function matches(
  all: Sources,
  chosen: (source: Source) => boolean,
  pattern: RegExp,
  where: "code" | "text" = "code",
): Breach[] {
  return [...all.values()].filter(chosen).flatMap((source) =>
    [...source[where].matchAll(pattern)].map((match) => {
      const written = source.text.slice(match.index, match.index + match[0].length);
      return `${source.path}:${lineAt(source.text, match.index)} has ${written.trim()}`;
    }),
  );
}
