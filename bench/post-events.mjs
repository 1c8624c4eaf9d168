/** Posts signed events and says how long that took. A process of its own, so that the shop's does not pay for it. */
import { Agent, request } from "node:http";

const CONNECTIONS = 16;
const url = process.argv[2] ?? "";
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

process.on("message", async (events) => {
  const failed = [];
  let next = 0;
  const started = performance.now();
  const work = async () => {
    while (next < events.length) {
      const event = events[next];
      next += 1;
      const problem = await post(event);
      if (problem) failed.push(problem);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  process.send?.({ seconds: (performance.now() - started) / 1000, failed });
});
process.on("disconnect", () => process.exit(0));

/** Null when it was taken, else what came instead. */
function post({ payload, signature }) {
  return new Promise((resolve) => {
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(payload),
      "stripe-signature": signature,
    };
    const sending = request(url, { method: "POST", agent, headers }, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (text) => {
        body += text;
      });
      answer.on("end", () => resolve(answer.statusCode === 200 ? null : `${answer.statusCode} ${body}`));
    });
    sending.on("error", (error) => resolve(error.message));
    sending.end(payload);
  });
}
