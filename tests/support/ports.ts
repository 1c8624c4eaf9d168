import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below the ports that systems give to outgoing connections, which would take one in the meantime: a port asked for
 * from the system itself, or chosen among those, was gone at times when its server started.
 */
const FIRST = 20_000;
const LAST = 32_000;

/** A port nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  return freePortBlock(1);
}

/** The first of `size` ports in a row nobody listens on: four are a shop and its stand-ins. */
export async function freePortBlock(size = 4): Promise<number> {
  for (;;) {
    const first = randomInt(FIRST, LAST - size);
    const ports = Array.from({ length: size }, (_, offset) => first + offset);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
}

/** Asked on both addresses of this machine: a shop listens on one of them or on all. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port));
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
