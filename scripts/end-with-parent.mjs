/**
 * Loaded into every part that `npm start` runs. Standard input is a pipe from the supervisor; it closes when the
 * supervisor ends, however it ends, and the part then ends the way SIGTERM ends it. So kill -9 leaves nothing running.
 */
const PATIENCE_MS = 10_000;

process.stdin.once("close", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.kill(process.pid, "SIGKILL"), PATIENCE_MS).unref();
});
process.stdin.resume();
process.stdin.unref();
