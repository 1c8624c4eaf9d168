import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Between a client and a Postgres: its connections can be cut as a server that dies (`end`) or a router (`reset`) does. */
export async function startWire(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<readonly [near: Socket, far: Socket]>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const pair = [near, far] as const;
    open.add(pair);
    near.pipe(far).pipe(near);
    for (const socket of pair) socket.on("error", () => {}).on("close", () => open.delete(pair));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = new URL(databaseUrl);
  address.hostname = "127.0.0.1";
  address.port = String((server.address() as AddressInfo).port);
  const cut = (how: "end" | "reset") => {
    for (const [near, far] of open) {
      if (how === "end") near.end();
      else near.resetAndDestroy();
      far.destroy();
    }
  };
  const close = async () => {
    cut("reset");
    await once(server.close(), "close");
  };
  return { url: address.href, cut, close };
}
