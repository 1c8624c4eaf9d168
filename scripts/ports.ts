import { createServer } from "node:net";
import { Problem } from "../sandbox/problem";
import { errorCode } from "./data-folder";

/** The shop's port and, above it, one for each stand-in. */
export function portsFrom(port: number) {
  return { shop: port, stripe: port + 1, mail: port + 2, postgres: port + 3 };
}

/** @throws Problem when a program listens there already, or the port needs more rights. */
export async function requireFreePort(port: number, host: string, use: string): Promise<void> {
  const failure = await tryListen(port, host);
  if (failure === null) return;
  if (failure === "EADDRINUSE") {
    throw new Problem(
      `Port ${port} (${use}) is taken by another program: stop it, or set PORT to another number (Lectern uses PORT and the three above it).`,
    );
  }
  if (failure === "EACCES") {
    throw new Problem(`Port ${port} (${use}) may not be used by this user: set PORT to a number above 1023.`);
  }
  throw new Problem(
    `HOST ${host} with port ${port} cannot be used (${failure}): set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`,
  );
}

function tryListen(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(errorCode(error)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
