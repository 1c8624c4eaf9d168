/** A small correct course as files; tests break one thing at a time. */
const prose = Array.from({ length: 60 }, () => "A name stands for one value at a time.").join(" ");

export const lesson = (title: string, extra = "") => `---
title: ${title}
minutes: 15
preview: true
summary: You can read a program line by line.
exercises: [change-due]
quiz:
  - question: "What is \`b\`?"
    answer: "5"
    explanation: It stays what it was.
    wrong:
      - option: "9"
        why: A name never follows a name.
reviewed: { on: 2026-01-31, with: Python 3.14.2 }
---
${prose}

\`\`\`python title="jam.py"
price = 250
\`\`\`

## A list of steps

${prose}
${extra}`;

export const exercise = `kind: script
title: Change due
prompt: Set \`change\`.
hints: [Subtract.]
given: [price, paid]
result: change
starter: |
  # Write here.
tests:
  - setup: price = 330; paid = 500
    expect: "170"
  - setup: price = 5; paid = 5
    expect: "0"
    edge: true
solution: |
  change = paid - price
why: What was paid, less the price, is what is left.
must_fail:
  - reason: the wrong way round
    code: |
      change = price - paid
    caught_by: [1]
`;

export const courseYaml = `title: First course
type: python
level: beginner
summary: A course to test with.
description: |
  Two sentences. With a [link](/courses/first-course).
price: 3900
currency: usd
status: published
position: 1
outcomes: [Read a program, Trace a name, Count in cents]
audience: Everybody.
prerequisites: None.
related: []
modules:
  - folder: 01-first-steps
    title: First steps
`;

export function sampleFiles(
  changes: Readonly<Record<string, string | null>> = {},
): ReadonlyMap<string, string> {
  const files: Record<string, string | null> = {
    "courses/first-course/course.yaml": courseYaml,
    "courses/first-course/01-first-steps/01-values.md": lesson("Values"),
    "courses/first-course/01-first-steps/exercises/change-due.yaml": exercise,
    ...changes,
  };
  return new Map(
    Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])),
  );
}
