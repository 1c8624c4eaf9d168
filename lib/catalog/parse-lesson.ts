import { checkProse, LEAST_WORDS, type ProseLink } from "./check-prose";
import { parseYaml, readYaml } from "./parse-yaml";
import { type ContentProblem, type LessonFrontMatter, lessonFrontMatter } from "./schema";

export type LessonFile = {
  readonly file: string;
  readonly frontMatter: LessonFrontMatter | null;
  readonly body: string;
  readonly links: readonly ProseLink[];
  readonly problems: readonly ContentProblem[];
  /** The line of a front-matter value, for problems found later. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
};

const FENCE = "---";

/** Reads `<NN>-<slug>.md`: YAML between two lines of `---`, then Markdown. */
export function parseLesson(file: string, text: string): LessonFile {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const end = lines[0] === FENCE ? lines.indexOf(FENCE, 1) : -1;
  if (end === -1) {
    const reason = "must begin with front matter between two lines of ---";
    return {
      file,
      frontMatter: null,
      body: "",
      links: [],
      problems: [{ file, line: 1, reason }],
      lineOf: () => 1,
    };
  }
  const source = readYaml(file, lines.slice(1, end).join("\n"), 2);
  const parsed = parseYaml(file, source, lessonFrontMatter);
  const body = `${lines
    .slice(end + 1)
    .join("\n")
    .trim()}\n`;
  const firstLine = end + 2 + lines.slice(end + 1).findIndex((line) => line.trim() !== "");
  const prose = checkProse(file, body, firstLine);
  const problems = [...parsed.problems, ...prose.problems];
  if (prose.words < LEAST_WORDS) {
    problems.push({
      file,
      line: firstLine,
      reason: `has ${prose.words} words of prose; a lesson needs at least ${LEAST_WORDS}`,
    });
  }
  return { file, frontMatter: parsed.value, body, links: prose.links, problems, lineOf: source.lineOf };
}
