import { vi } from "vitest";

const pathOf = (request: RequestInfo | URL) =>
  new URL(request instanceof Request ? request.url : request, "http://localhost:3000").pathname;

/** A cache of the browser, as far as pages use it; addresses are told apart by their paths. */
class FakeCache {
  readonly kept = new Map<string, Response>();

  async match(request: RequestInfo | URL) {
    return this.kept.get(pathOf(request))?.clone();
  }
  async put(request: RequestInfo | URL, response: Response) {
    this.kept.set(pathOf(request), response);
  }
  async add(request: RequestInfo | URL) {
    const response = await fetch(request);
    if (!response.ok) throw new TypeError("bad response status");
    await this.put(request, response);
  }
  async keys() {
    return [...this.kept.keys()].map((path) => ({ url: `http://localhost:3000${path}` }));
  }
  async delete(request: RequestInfo | URL | { readonly url: string }) {
    return this.kept.delete(
      typeof request === "object" && "url" in request ? pathOf(request.url) : pathOf(request),
    );
  }
}

/** Gives the test a browser's caches and a shop that answers with `shop`: a text per path, 404 for the rest. */
export function stubCaches(shop: Record<string, string>) {
  const all = new Map<string, FakeCache>();
  const open = (name: string) => {
    const cache = all.get(name) ?? new FakeCache();
    all.set(name, cache);
    return cache;
  };
  const asked: string[] = [];
  vi.stubGlobal("caches", {
    open: async (name: string) => open(name),
    delete: async (name: string) => all.delete(name),
  });
  vi.stubGlobal("fetch", async (request: RequestInfo | URL) => {
    const path = pathOf(request);
    asked.push(path);
    const text = shop[path];
    return text === undefined ? new Response(null, { status: 404 }) : new Response(text);
  });
  return {
    asked,
    keep: (name: string, path: string, text: string) => open(name).kept.set(path, new Response(text)),
    list: (name: string) => [...open(name).kept.keys()].sort(),
    read: (name: string, path: string) => open(name).kept.get(path)?.clone().text(),
  };
}
