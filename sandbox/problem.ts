/**
 * Something a person can mend. The message is one sentence that names the thing and the remedy;
 * the commands print it without a stack and end with 1.
 */
export class Problem extends Error {
  override readonly name = "Problem";
}
