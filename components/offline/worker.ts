/// <reference lib="webworker" />
import {
  CacheFirst,
  ExpirationPlugin,
  NetworkFirst,
  type RouteMatchCallbackOptions,
  Serwist,
  StaleWhileRevalidate,
} from "serwist";
import { DATASET_CACHE, FILE_PATH, LESSON_PATH, PERSONAL_CACHE, RUNTIME_CACHE, STATIC_CACHE } from "./caches";
import { notKeptPage } from "./not-kept-page";

declare const self: ServiceWorkerGlobalScope;

/*
 * Lessons without a network. Only what is listed here is looked at; everything else (the shop, the account, every form)
 * goes to the network as if this worker were not there.
 */

const DAY = 24 * 60 * 60;
const keep = (maxEntries: number, days: number) =>
  new ExpirationPlugin({
    maxEntries,
    maxAgeSeconds: days * DAY,
    maxAgeFrom: "last-used",
    purgeOnQuotaError: true,
  });

/** There is one copy of a lesson, whatever its address carries besides. */
const withoutSearch = (address: string) => {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
};

/** A lesson, with its pictures and downloads, is asked for anew whenever there is a network: what its reader may see is decided there and then. */
const lessons = new NetworkFirst({
  cacheName: PERSONAL_CACHE,
  networkTimeoutSeconds: 8,
  plugins: [
    {
      cacheKeyWillBeUsed: async ({ request }) => withoutSearch(request.url),
      cacheWillUpdate: async ({ request, response }) => {
        if (response.status === 200 && !response.redirected) return response;
        // Access has ended, or the lesson is gone: the copy goes too.
        if (response.status >= 400 && response.status < 500)
          await (await caches.open(PERSONAL_CACHE)).delete(withoutSearch(request.url), { ignoreVary: true });
        return null;
      },
    },
    keep(240, 30),
  ],
  matchOptions: { ignoreVary: true },
});

const isLesson = ({ request, url, sameOrigin }: RouteMatchCallbackOptions) =>
  sameOrigin &&
  (FILE_PATH.test(url.pathname) ||
    (LESSON_PATH.test(url.pathname) &&
      (request.mode === "navigate" || (url.pathname.endsWith("/exercises") && !request.headers.has("rsc")))));

const below =
  (...paths: readonly string[]) =>
  ({ url, sameOrigin }: RouteMatchCallbackOptions) =>
    sameOrigin && paths.some((path) => url.pathname.startsWith(path));

const serwist = new Serwist({
  precacheEntries: [],
  skipWaiting: true,
  clientsClaim: true,
  navigationPreload: false,
  disableDevLogs: true,
  // Chromium sends what a worker passes on through the page, and loses with the page what it posts in leaving. So posts go
  // around this worker, where a browser can do that.
  requestRules: { condition: { requestMethod: "POST" }, source: "network" },
  runtimeCaching: [
    { matcher: isLesson, handler: lessons },
    {
      matcher: below("/_next/static/"),
      handler: new CacheFirst({ cacheName: STATIC_CACHE, plugins: [keep(400, 60)] }),
    },
    {
      // As new as the page, when there is a network.
      matcher: below("/workers/"),
      handler: new NetworkFirst({
        cacheName: RUNTIME_CACHE,
        networkTimeoutSeconds: 5,
        plugins: [keep(12, 180)],
      }),
    },
    {
      // Not kept as they pass: copying ten megabytes while somebody waits for them takes longer than Python. The page does it after.
      matcher: below("/runtime/"),
      handler: async ({ request }) =>
        (await caches.match(request, { cacheName: RUNTIME_CACHE, ignoreVary: true })) ?? fetch(request),
    },
    {
      matcher: below("/learn/datasets/"),
      handler: new StaleWhileRevalidate({ cacheName: DATASET_CACHE, plugins: [keep(30, 60)] }),
    },
    {
      matcher: ({ url, sameOrigin }) =>
        sameOrigin && /^\/(?:theme\.js|logo\.svg|icon\.svg)$/.test(url.pathname),
      handler: new StaleWhileRevalidate({ cacheName: STATIC_CACHE, plugins: [keep(400, 60)] }),
    },
  ],
});

serwist.setCatchHandler(async ({ request }) => (request.mode === "navigate" ? notKept() : Response.error()));
serwist.addEventListeners();

async function notKept(): Promise<Response> {
  const kept = await caches.open(PERSONAL_CACHE);
  const paths = (await kept.keys()).map(({ url }) => new URL(url).pathname);
  const lessons = await Promise.all(
    paths
      .filter((path) => LESSON_PATH.test(path) && !path.endsWith("/exercises"))
      .map(async (path) => ({
        path,
        html: (await (await kept.match(path, { ignoreVary: true }))?.text()) ?? "",
      })),
  );
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'",
  };
  return new Response(notKeptPage(lessons), { status: 503, headers });
}
