/**
 * Loaded into every part that `npm start` runs. Standard input is a pipe from the supervisor; it closes when the
 * supervisor ends, however it ends, and the part then ends the way SIGTERM ends it. So kill -9 leaves nothing running.
 *
 * Node hands its own options on to the processes a part starts, and those have another standard input: the variable
 * marks the part itself, and goes no further.
 */
const PATIENCE_MS = 10_000;

if (process.env.END_WITH_PARENT) {
  delete process.env.END_WITH_PARENT;
  process.stdin.once("close", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), PATIENCE_MS).unref();
  });
  process.stdin.resume();
  process.stdin.unref();
}
