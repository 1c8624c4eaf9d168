/** Shows one step of a command: what it does while it runs, then how long it took. Plain JavaScript: used before the installation. */

const LABEL_WIDTH = 30;
const isTerminal = process.stdout.isTTY === true;

/**
 * @template T
 * @param {string} label what the step is about, in a few words
 * @param {(detail: (text: string) => void) => Promise<T> | T} work may call `detail` to say what it did
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  let detail = "";
  const line = (mark, time) =>
    `  ${mark} ${label.padEnd(LABEL_WIDTH)} ${time.padStart(7)}${detail ? `  ${detail}` : ""}`;
  const show = () => process.stdout.write(`\r\x1b[2K${line("…", seconds())}`);
  // A log file gets one line at the end, and one at the beginning only where somebody would wonder.
  const timer = isTerminal
    ? setInterval(show, 200)
    : setTimeout(() => process.stdout.write(`  … ${label}\n`), 2_000);
  try {
    if (isTerminal) show();
    const result = await work((text) => {
      detail = text;
    });
    finish(timer);
    process.stdout.write(`${line("✓", seconds())}\n`);
    return result;
  } catch (error) {
    finish(timer);
    process.stdout.write(`${line("✗", seconds())}\n`);
    throw error;
  }
}

function finish(timer) {
  clearInterval(timer);
  if (isTerminal) process.stdout.write("\r\x1b[2K");
}

/** Ends the command with one sentence and no stack. */
export function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}
