import { vi } from "vitest";

type Asked = string | URL | { readonly url: string };

const pathOf = (asked: Asked) =>
  new URL(typeof asked === "string" || asked instanceof URL ? asked : asked.url, "http://localhost:3000")
    .pathname;

/** A cache of the browser, as far as pages use it; addresses are told apart by their paths. */
class FakeCache {
  readonly kept = new Map<string, Response>();

  async match(asked: Asked) {
    return this.kept.get(pathOf(asked))?.clone();
  }
  async put(asked: Asked, response: Response) {
    this.kept.set(pathOf(asked), response);
  }
  async add(asked: Asked) {
    const response = await fetch(pathOf(asked));
    if (!response.ok) throw new TypeError("bad response status");
    await this.put(asked, response);
  }
  async keys() {
    return [...this.kept.keys()].map((path) => ({ url: `http://localhost:3000${path}` }));
  }
  async delete(asked: Asked) {
    return this.kept.delete(pathOf(asked));
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
  const paths: string[] = [];
  vi.stubGlobal("caches", {
    open: async (name: string) => open(name),
    delete: async (name: string) => all.delete(name),
  });
  vi.stubGlobal("fetch", async (asked: Asked) => {
    const path = pathOf(asked);
    paths.push(path);
    const text = shop[path];
    return text === undefined ? new Response(null, { status: 404 }) : new Response(text);
  });
  return {
    /** What the shop was asked for. */
    asked: paths,
    keep: (name: string, path: string, text: string) => open(name).kept.set(path, new Response(text)),
    list: (name: string) => [...open(name).kept.keys()].sort(),
    read: (name: string, path: string) => open(name).kept.get(path)?.clone().text(),
  };
}

/** Gives the test a browser's store with `entries`, and answers what is in it. */
export function stubStorage(entries: Readonly<Record<string, string>>) {
  const kept: Record<string, string> = { ...entries };
  const methods: Readonly<Record<string, unknown>> = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, text: string) => {
      kept[key] = text;
    },
    removeItem: (key: string) => {
      delete kept[key];
    },
  };
  vi.stubGlobal("localStorage", new Proxy(kept, { get: (_, name) => methods[String(name)] }));
  vi.stubGlobal("navigator", {});
  return kept;
}
