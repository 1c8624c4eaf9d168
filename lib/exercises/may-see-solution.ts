export const TRIES_BEFORE_SOLUTION = 3;

export type TriesSoFar = { readonly tries: number; readonly passed: boolean };

/**
 * After three submissions, or when the exercise is passed. Readers of a free preview leave no tries behind (`keepsTries`),
 * so nothing is held back from them but by the page they look at.
 */
export function maySeeSolution({
  tries,
  passed,
  keepsTries,
}: TriesSoFar & { readonly keepsTries: boolean }): boolean {
  return !keepsTries || passed || tries >= TRIES_BEFORE_SOLUTION;
}
