export type QuizQuestion = {
  readonly question: string;
  readonly answer: string;
  readonly explanation: string;
  readonly wrong: readonly { readonly option: string; readonly why: string }[];
};

/**
 * The options of a question in an order that gives nothing away and is the same on every visit: by a hash of question
 * and option (FNV-1a, 32 bit).
 */
export function orderOptions({ question, answer, wrong }: QuizQuestion): string[] {
  const options = [answer, ...wrong.map(({ option }) => option)];
  const place = new Map(options.map((option) => [option, hash(`${question}\n${option}`)]));
  return options.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0) || (a < b ? -1 : 1));
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
